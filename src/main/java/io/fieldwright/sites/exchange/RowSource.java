package io.fieldwright.sites.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of an upload, one after the other and never all at once. */
interface RowSource {

    /**
     * The next row, or null at the end. After a row that cannot be told from the next one, the end is reached.
     *
     * @throws IOException when the stored upload cannot be read
     */
    @Nullable
    SourceRow next() throws IOException;
}
