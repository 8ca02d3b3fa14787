"""Many editions: the plan, the workers, the manifest; it knows nothing of pages."""

from handouts.atomic import remove_output, sweep, write_atomically
from handouts.batch.manifest import MANIFEST_NAME, Manifest, read_manifest, write_manifest
from handouts.batch.model import Brief, Each, Outcome, Start, Status
from handouts.batch.plan import Job, plan
from handouts.batch.pool import available_cores, run

__all__ = [
    "MANIFEST_NAME",
    "Brief",
    "Each",
    "Job",
    "Manifest",
    "Outcome",
    "Start",
    "Status",
    "available_cores",
    "plan",
    "read_manifest",
    "remove_output",
    "run",
    "sweep",
    "write_atomically",
    "write_manifest",
]
