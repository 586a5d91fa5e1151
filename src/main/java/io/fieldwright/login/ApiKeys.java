package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.GrantingRule;
import io.fieldwright.people.Permission;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keys for systems: each calls as a person, with less than they may do, and never makes another proof of who it is. */
@Service
@Transactional
public class ApiKeys {

    static final String PREFIX = "fwk_";

    private static final Pattern KEY = Pattern.compile(PREFIX + "([0-9a-f]{32})_([A-Za-z0-9_-]{43})");
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofHours(1);

    /** What is asked for; without a username for oneself. */
    public record Wanted(
            String name, @Nullable String username, Set<String> scopes, boolean tasks, @Nullable Instant expiresAt) {}

    /** A new key and, this once, the text to call with. */
    public record Issued(ApiKey key, String secret) {}

    private final ApiKeyRepository keys;
    private final PersonDirectory people;
    private final GrantingRule granting;
    private final Clock clock;

    ApiKeys(ApiKeyRepository keys, PersonDirectory people, GrantingRule granting, Clock clock) {
        this.keys = keys;
        this.people = people;
        this.granting = granting;
        this.clock = clock;
    }

    /**
     * Makes a key for oneself or, as a tenant administrator, for somebody of one's own organisation.
     *
     * @throws Problem 400 for an unknown permission, one that the person does not have, a time that is past or a person who
     *     is not of the organisation, 403 for a key that would do more than the caller may hand out
     */
    public Issued create(SignedInPerson caller, Wanted wanted) {
        SignedInPerson owner = owner(caller, wanted.username());
        requireScopes(wanted.scopes(), owner);
        Instant now = clock.instant();
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
            throw Problem.invalid("expiresAt", "must be in the future");
        }
        String secret = Secrets.next();
        ApiKey key = keys.saveAndFlush(new ApiKey(
                owner.organisation(),
                owner.username(),
                wanted.name(),
                Secrets.digest(secret),
                wanted.scopes(),
                wanted.tasks(),
                caller.username(),
                now,
                wanted.expiresAt()));
        return new Issued(key, PREFIX + key.id().toString().replace("-", "") + "_" + secret);
    }

    private SignedInPerson owner(SignedInPerson caller, @Nullable String username) {
        if (username == null || username.equals(caller.username())) {
            return caller;
        }
        if (!administers(caller)) {
            throw Problem.forbidden("Only a tenant administrator makes keys for somebody else.");
        }
        SignedInPerson owner = TenantScope.asSystem(() -> people.find(username))
                .filter(person -> person.active() && person.organisation().equals(caller.organisation()))
                .orElseThrow(() -> Problem.invalid("person", "there is no such person in your organisation"));
        granting.requireAllRightsOf(owner);
        return owner;
    }

    private static boolean administers(SignedInPerson caller) {
        return caller.groups().contains(CandidateGroup.TENANT_ADMIN.id());
    }

    private static void requireScopes(Set<String> scopes, SignedInPerson owner) {
        Set<String> unknown = new TreeSet<>(scopes);
        unknown.removeIf(scope -> Permission.of(scope).isPresent());
        if (!unknown.isEmpty()) {
            throw Problem.invalid("scopes", "there is no permission " + String.join(", ", unknown));
        }
        Set<String> beyond = new TreeSet<>(scopes);
        beyond.removeAll(owner.permissions());
        if (!beyond.isEmpty()) {
            throw Problem.invalid("scopes", owner.username() + " does not have " + String.join(", ", beyond));
        }
    }

    /** The caller's own keys; for a tenant administrator those of the organisation. */
    @Transactional(readOnly = true)
    public Page<ApiKey> list(SignedInPerson caller, Pageable page) {
        Page<ApiKey> found = administers(caller)
                ? keys.findByTenantId(caller.organisation(), page)
                : keys.findByUsername(caller.username(), page);
        found.forEach(ApiKey::scopes);
        return found;
    }

    /**
     * Makes a key useless at once.
     *
     * @throws Problem 404 when it does not exist or is neither the caller's nor of the organisation they administer
     */
    public void revoke(SignedInPerson caller, UUID id) {
        ApiKey key = keys.findById(id)
                .filter(found -> found.username().equals(caller.username())
                        || administers(caller) && found.tenantId().equals(caller.organisation()))
                .orElseThrow(() -> Problem.notFound("API key", id));
        key.revoke(clock.instant());
    }

    /** Whoever the key calls as, limited to its scopes; empty when it is none, or no longer. */
    public Optional<SignedInPerson> authenticate(String text) {
        Matcher parts = KEY.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        UUID id = UUID.fromString(parts.group(1).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
        byte[] hash = Secrets.digest(parts.group(2));
        return TenantScope.asSystem(() -> {
            Instant now = clock.instant();
            Optional<ApiKey> key = keys.findById(id)
                    .filter(found -> MessageDigest.isEqual(found.secretHash(), hash) && found.isValidAt(now));
            key.ifPresent(used -> note(used, now));
            return key.flatMap(used -> people.find(used.username())
                    .filter(SignedInPerson::active)
                    .map(person -> person.limitedTo(used.scopes(), used.tasks())));
        });
    }

    private void note(ApiKey key, Instant now) {
        Instant before = key.lastUsedAt();
        if (before == null || before.isBefore(now.minus(USE_IS_NOTED_EVERY))) {
            keys.used(key.id(), now);
        }
    }
}
