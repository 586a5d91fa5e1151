package io.fieldwright.projects;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** For whom projects are done; told of progress at its e-mail address, if it has one. */
@Entity
public class Client extends TenantOwned {

    private String code;

    private String name;

    private @Nullable String email;

    private String language;

    protected Client() {
        this("", "", "", null, "en");
    }

    Client(String tenantId, String code, String name, @Nullable String email, String language) {
        super(tenantId);
        this.code = code;
        this.name = name;
        this.email = email;
        this.language = language;
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public @Nullable String email() {
        return email;
    }

    public String language() {
        return language;
    }
}
