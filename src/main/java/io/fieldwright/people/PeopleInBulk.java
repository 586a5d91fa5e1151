package io.fieldwright.people;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.tenancy.ChangeReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes many people at once: all of them, or none when a single one is refused. */
@Service
@Transactional
public class PeopleInBulk {

    /** Whom it is about; either of the two. */
    public record Selection(@Nullable List<String> usernames, @Nullable List<UUID> ids) {}

    /** The people in the order of the request, whose {@code field} names them. */
    private record Chosen(String field, List<Person> people) {

        void refuseWhere(Predicate<Person> wrong, String reason) {
            List<FieldError> errors = people.stream()
                    .filter(wrong)
                    .map(person -> new FieldError(entry(person), reason))
                    .toList();
            if (!errors.isEmpty()) {
                throw Problem.conflict(errors);
            }
        }

        String entry(Person person) {
            return "%s[%d]".formatted(field, people.indexOf(person));
        }
    }

    private final PersonRepository people;
    private final PermissionGroupRepository groups;
    private final PermissionOverrideRepository overrides;
    private final PermissionOverrides withdrawals;
    private final Administrators administrators;
    private final ChangeReason reasons;

    PeopleInBulk(
            PersonRepository people,
            PermissionGroupRepository groups,
            PermissionOverrideRepository overrides,
            PermissionOverrides withdrawals,
            Administrators administrators,
            ChangeReason reasons) {
        this.people = people;
        this.groups = groups;
        this.overrides = overrides;
        this.withdrawals = withdrawals;
        this.administrators = administrators;
        this.reasons = reasons;
    }

    /** @throws Problem 400 naming each entry that is nobody in sight */
    public void activate(Selection selection, String why) {
        Chosen chosen = choose(selection);
        reasons.give(why);
        chosen.people().forEach(person -> person.activate(true));
        people.flush();
    }

    /**
     * Lets none of them sign in any more.
     *
     * @throws Problem 400 naming each entry that is nobody in sight, 409 naming the caller's own and the last
     *     administrator of an organisation
     */
    public void deactivate(Selection selection, String why) {
        Chosen chosen = choose(selection);
        chosen.refuseWhere(
                person -> person.username().equals(SignedInPerson.currentUsername()), "nobody deactivates themselves");
        keepAdministrators(chosen);
        reasons.give(why);
        chosen.people().forEach(person -> person.activate(false));
        people.flush();
    }

    /** In the order of the organisations, so that two requests never wait for each other. */
    private void keepAdministrators(Chosen chosen) {
        Map<String, Person> administrating = new TreeMap<>();
        chosen.people().stream()
                .filter(Person::administers)
                .forEach(person -> administrating.putIfAbsent(person.tenantId(), person));
        administrating.forEach((organisation, person) -> administrators.keep(chosen.entry(person), organisation));
    }

    /**
     * Leaves them what their designations grant: without overrides, without permission groups.
     *
     * @throws Problem 400 naming each entry that is nobody in sight, 403 where it would lift a denial that only somebody
     *     with more rights may lift, 409 naming the last administrator of an organisation
     */
    public void resetToRoleDefaults(Selection selection, String why) {
        Chosen chosen = choose(selection);
        Map<UUID, Person> byId = new HashMap<>();
        chosen.people().forEach(person -> byId.put(person.id(), person));
        List<PermissionOverride> withdrawn = overrides.findByPersonIdIn(byId.keySet());
        withdrawn.forEach(override -> withdrawals.requireWithdrawable(byId.get(override.personId()), override));
        keepAdministrators(chosen);
        reasons.give(why);
        overrides.deleteAll(withdrawn);
        groups.findWithMembers(chosen.people()).forEach(group -> group.dismiss(chosen.people()));
        people.flush();
    }

    private Chosen choose(Selection selection) {
        List<String> usernames = selection.usernames();
        List<UUID> ids = selection.ids();
        if (usernames != null && ids == null) {
            return chosen("usernames", usernames, people.findByUsernameIn(usernames), Person::username);
        }
        if (ids != null && usernames == null) {
            return chosen("ids", ids, people.findAllById(ids), Person::id);
        }
        throw Problem.invalid("usernames", "name people either by usernames or by ids");
    }

    private static <K> Chosen chosen(String field, List<K> keys, List<Person> found, Function<Person, K> key) {
        Map<K, Person> byKey = found.stream().collect(Collectors.toMap(key, Function.identity()));
        List<FieldError> unknown = new ArrayList<>();
        List<Person> chosen = new ArrayList<>();
        for (int index = 0; index < keys.size(); index++) {
            Person person = byKey.get(keys.get(index));
            if (person == null) {
                unknown.add(new FieldError("%s[%d]".formatted(field, index), "there is no person " + keys.get(index)));
            } else {
                chosen.add(person);
            }
        }
        if (!unknown.isEmpty()) {
            throw Problem.invalid(unknown);
        }
        return new Chosen(field, chosen);
    }
}
