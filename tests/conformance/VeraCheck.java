import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges files with veraPDF: FLAVOUR[,FLAVOUR...] FILE..., one line for each finding. */
public final class VeraCheck {
    private static final int SHOWN_FAILURES = 20;

    private VeraCheck() {}

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        boolean failed = false;
        for (String id : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
            for (int i = 1; i < arguments.length; i++) {
                failed |= !passes(foundry, flavour, id, arguments[i]);
            }
        }
        System.exit(failed ? 1 : 0);
    }

    private static boolean passes(
            VeraPDFFoundry foundry, PDFAFlavour flavour, String id, String name)
            throws Exception {
        try (PDFAParser parser = foundry.createParser(new File(name), flavour);
                PDFAValidator validator =
                        foundry.createValidator(flavour, SHOWN_FAILURES, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "PASS" : "FAIL";
            System.out.printf(
                    "%s %s %d %s%n", verdict, id, result.getTotalAssertions(), name);
            for (TestAssertion one : result.getTestAssertions()) {
                System.out.printf(
                        "  %s t%d %s @ %s%n",
                        one.getRuleId().getClause(), one.getRuleId().getTestNumber(),
                        one.getMessage(), one.getLocation().getContext());
            }
            return result.isCompliant();
        }
    }
}
