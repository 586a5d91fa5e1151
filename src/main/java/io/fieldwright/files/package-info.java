/**
 * Files as evidence: photos, signatures and documents, kept byte for byte as they came (requirements, sections 8 and 15). What
 * a file is evidence of, and who may read it for that, is known to other modules ({@link io.fieldwright.files.FileReaders}).
 */
@NullMarked
package io.fieldwright.files;

import org.jspecify.annotations.NullMarked;
