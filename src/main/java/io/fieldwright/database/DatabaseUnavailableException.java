package io.fieldwright.database;

/** Start must be given up for want of a database; says to the person at the console what is wrong and what to do. */
class DatabaseUnavailableException extends RuntimeException {

    private final String action;

    DatabaseUnavailableException(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
