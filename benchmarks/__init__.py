"""The same two-page leaflet by this project and its peers, in one run, as ratios."""
