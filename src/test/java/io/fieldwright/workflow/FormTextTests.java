package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormTextTests {

    /** In characters: what the engine keeps of a text. */
    private static final int KEPT = 4_000;

    @Test
    void valueThatIsTooLongIsShortened() {
        String text = new FormText()
                .line("Note", "n".repeat(5_000))
                .line("Remark", "r".repeat(5_000))
                .toString();

        assertThat(text).hasSizeLessThan(KEPT).contains("**Note:** nnn", "n…", "**Remark:** rrr", "r…");
    }

    @Test
    void entryThatIsTooLongIsShortenedAndTheOthersAreCounted() {
        String text = new FormText()
                .list(Collections.nCopies(5, "e".repeat(5_000)), "none")
                .toString();

        assertThat(text)
                .hasSizeLessThan(KEPT)
                .startsWith("- eee")
                .contains("e…\n")
                .endsWith("- … and 4 more\n");
    }

    @Test
    void valueIsNotCutWithinAnEscapedCharacter() {
        String text = new FormText().line("Note", "&".repeat(5_000)).toString();

        assertThat(text.replace("&amp;", "")).isEqualTo("**Note:** …  \n");
    }

    @Test
    void whatIsNoCharacterIsReplaced() {
        String text = new FormText()
                .line("One", "a\0b")
                .list(List.of("a\ud800b\u0007", "a\tb\nc", "\ud83d\udca1"), "none")
                .toString();

        assertThat(text).isEqualTo("**One:** a\uFFFDb  \n- a\uFFFDb\uFFFD\n- a b c\n- \ud83d\udca1\n");
    }
}
