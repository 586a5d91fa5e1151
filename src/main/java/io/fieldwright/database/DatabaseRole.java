package io.fieldwright.database;

/** The roles of the embedded server. All have the same password, because whoever reads its file owns the data. */
enum DatabaseRole {

    /** Superuser: creates databases and the extensions that PostgreSQL reserves for it. The application never uses it. */
    ADMINISTRATOR("postgres"),

    /** Owns the tables and migrates them; no superuser, so row-level security binds it too. */
    OWNER("fieldwright"),

    /** What the application connects as: reads and writes rows, and neither creates, changes nor unwalls a table. */
    APPLICATION("fieldwright_application");

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    String roleName() {
        return roleName;
    }
}
