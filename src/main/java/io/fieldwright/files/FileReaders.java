package io.fieldwright.files;

/**
 * Lets people read files that others uploaded. Each module that keeps files as evidence contributes one, and decides by
 * what the file is evidence of: a photo is read by whoever may read its field task.
 */
public interface FileReaders {

    /** Whether the caller may read {@code file}, which is of a tenant in sight; false for files of other modules. */
    boolean admits(StoredFile file);
}
