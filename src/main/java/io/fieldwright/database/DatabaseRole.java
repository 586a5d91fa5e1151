package io.fieldwright.database;

/** The roles of the embedded server. The password is the same for both, because whoever reads its file owns the data. */
enum DatabaseRole {

    /** Superuser: creates databases and the extensions that PostgreSQL reserves for it. The application never uses it. */
    ADMINISTRATOR("postgres"),

    /** Owns the tables and is what the application connects as; no superuser, so row-level security can bind it. */
    OWNER("fieldwright");

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    String roleName() {
        return roleName;
    }
}
