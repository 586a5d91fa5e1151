package io.fieldwright.sites.exchange;

/** Another worker went on with the import in the meantime; what this one was about to commit is already done. */
class ClaimLostException extends RuntimeException {}
