package io.fieldwright.workflow;

import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TenantEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/**
 * Answers the engine's questions about users, groups and tenants from our people: one statement for each question. A
 * signed-in person finds people of the organisations they see, and the tenants they take part in.
 */
class PersonIdentityProvider implements ReadOnlyIdentityProvider {

    private static final String GROUP_TYPE = "WORKFLOW";

    private final PersonDirectory people;

    PersonIdentityProvider(PersonDirectory people) {
        this.people = people;
    }

    @Override
    public @Nullable User findUserById(String userId) {
        List<User> found =
                createUserQuery(Context.getCommandContext()).userId(userId).list();
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public UserQuery createUserQuery() {
        return new People(commands());
    }

    @Override
    public UserQuery createUserQuery(CommandContext commandContext) {
        return new People(null);
    }

    @Override
    public NativeUserQuery createNativeUserQuery() {
        throw new BadUserRequestException("People cannot be queried in SQL through the engine.");
    }

    /** Never: people sign in to the application, where guesses are counted; the engine must not be asked instead. */
    @Override
    public boolean checkPassword(String userId, @Nullable String password) {
        return false;
    }

    @Override
    public @Nullable Group findGroupById(String groupId) {
        return CandidateGroup.of(groupId).map(PersonIdentityProvider::group).orElse(null);
    }

    @Override
    public GroupQuery createGroupQuery() {
        return new Groups(commands());
    }

    @Override
    public GroupQuery createGroupQuery(CommandContext commandContext) {
        return new Groups(null);
    }

    @Override
    public @Nullable Tenant findTenantById(String tenantId) {
        List<Tenant> found = createTenantQuery(Context.getCommandContext())
                .tenantId(tenantId)
                .list();
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public TenantQuery createTenantQuery() {
        return new Tenants(commands());
    }

    @Override
    public TenantQuery createTenantQuery(CommandContext commandContext) {
        return new Tenants(null);
    }

    @Override
    public void flush() {
        // nothing is ever changed through the engine
    }

    @Override
    public void close() {
        // holds nothing
    }

    private static CommandExecutor commands() {
        return Context.getProcessEngineConfiguration().getCommandExecutorTxRequired();
    }

    private static @Nullable Authentication caller() {
        CommandContext context = Context.getCommandContext();
        return context.isAuthorizationCheckEnabled() ? context.getAuthentication() : null;
    }

    private Optional<SignedInPerson> visible(String username) {
        Authentication caller = caller();
        return people.find(username)
                .filter(person -> caller == null
                        || caller.getUserId().equals(username)
                        || caller.getTenantIds().contains(person.organisation()));
    }

    private static Group group(CandidateGroup group) {
        return group(
                group.id(),
                Character.toUpperCase(group.id().charAt(0))
                        + group.id().substring(1).replace('-', ' '));
    }

    /** A group of a vendor's own, such as {@code vertex:coordinator}; empty where {@code id} is none. */
    private static Optional<Group> groupOfVendor(String id) {
        String unqualified = CandidateGroup.unqualified(id);
        return unqualified.equals(id)
                ? Optional.empty()
                : CandidateGroup.of(unqualified)
                        .map(group -> group(id, group(group).getName() + " of " + vendorOf(id)));
    }

    private static String vendorOf(String group) {
        return group.substring(0, group.indexOf(':'));
    }

    private static Group group(String id, String name) {
        GroupEntity group = new GroupEntity(id);
        group.setName(name);
        group.setType(GROUP_TYPE);
        return group;
    }

    private static User user(PersonDirectory.Entry person) {
        int lastSpace = person.name().lastIndexOf(' ');
        UserEntity user = new UserEntity(person.username());
        user.setFirstName(lastSpace < 0 ? person.name() : person.name().substring(0, lastSpace));
        user.setLastName(lastSpace < 0 ? "" : person.name().substring(lastSpace + 1));
        user.setEmail(person.email());
        return user;
    }

    /** As in SQL, whatever the case of the letters; each piece is looked for once, so no pattern takes long. */
    private static boolean like(@Nullable String pattern, String text) {
        if (pattern == null) {
            return true;
        }
        String[] pieces = pattern.toLowerCase(Locale.ROOT).split("%", -1);
        String searched = text.toLowerCase(Locale.ROOT);
        if (pieces.length == 1) {
            return searched.equals(pieces[0]);
        }
        String last = pieces[pieces.length - 1];
        int from = searched.startsWith(pieces[0]) ? pieces[0].length() : -1;
        for (int piece = 1; from >= 0 && piece < pieces.length - 1; piece++) {
            int found = searched.indexOf(pieces[piece], from);
            from = found < 0 ? -1 : found + pieces[piece].length();
        }
        return from >= 0 && searched.length() - from >= last.length() && searched.endsWith(last);
    }

    private static @Nullable Set<String> wanted(@Nullable String id, String @Nullable [] ids) {
        if (id == null && ids == null) {
            return null;
        }
        Set<String> wanted = new HashSet<>(id == null ? Arrays.asList(ids) : List.of(id));
        if (id != null && ids != null) {
            wanted.retainAll(Arrays.asList(ids));
        }
        return wanted;
    }

    private class People extends UserQueryImpl {

        People(@Nullable CommandExecutor commands) {
            super(commands);
        }

        @Override
        public long executeCount(CommandContext context) {
            return people.count(search());
        }

        @Override
        public List<User> executeList(CommandContext context, @Nullable Page page) {
            return people.search(search()).stream()
                    .map(PersonIdentityProvider::user)
                    .collect(Collectors.toList());
        }

        private PersonDirectory.Search search() {
            Authentication caller = caller();
            return new PersonDirectory.Search(
                    wanted(id, ids),
                    firstName == null ? firstNameLike : firstName,
                    lastName == null ? lastNameLike : lastName,
                    email == null ? emailLike : email,
                    groupId,
                    tenantId,
                    caller == null ? null : caller.getTenantIds(),
                    caller == null ? null : caller.getUserId(),
                    getFirstResult(),
                    getMaxResults());
        }
    }

    private class Groups extends GroupQueryImpl {

        Groups(@Nullable CommandExecutor commands) {
            super(commands);
        }

        @Override
        public long executeCount(CommandContext context) {
            return found().count();
        }

        @Override
        public List<Group> executeList(CommandContext context, @Nullable Page page) {
            return found().skip(getFirstResult()).limit(getMaxResults()).collect(Collectors.toList());
        }

        private Stream<Group> found() {
            Set<String> wanted = wanted(id, ids);
            return candidates()
                    .filter(group -> wanted == null || wanted.contains(group.getId()))
                    .filter(group -> name == null || name.equals(group.getName()))
                    .filter(group -> like(nameLike, group.getName()))
                    .filter(group -> type == null || type.equals(group.getType()));
        }

        private Stream<Group> candidates() {
            if (userId == null) {
                Set<String> wanted = wanted(id, ids);
                return Stream.concat(
                        Arrays.stream(CandidateGroup.values()).map(PersonIdentityProvider::group),
                        wanted == null ? Stream.empty() : Stream.concat(ofVendors(wanted), teams(wanted)));
            }
            Set<String> groups = visible(userId).map(SignedInPerson::groups).orElse(Set.of());
            return Stream.concat(
                    groups.stream()
                            .sorted()
                            .flatMap(
                                    group -> CandidateGroup.of(group)
                                            .map(PersonIdentityProvider::group)
                                            .or(() -> groupOfVendor(group))
                                            .stream()),
                    teams(groups));
        }

        private Stream<Group> ofVendors(Collection<String> groups) {
            Authentication caller = caller();
            return groups.stream()
                    .sorted()
                    .flatMap(group -> groupOfVendor(group).stream())
                    .filter(group -> caller == null || caller.getTenantIds().contains(vendorOf(group.getId())));
        }

        private Stream<Group> teams(Collection<String> groups) {
            Authentication caller = caller();
            return people.teamNames(groups, caller == null ? null : caller.getTenantIds()).entrySet().stream()
                    .map(team -> group(team.getKey(), team.getValue()));
        }
    }

    private class Tenants extends TenantQueryImpl {

        Tenants(@Nullable CommandExecutor commands) {
            super(commands);
        }

        @Override
        public long executeCount(CommandContext context) {
            return found().count();
        }

        @Override
        public List<Tenant> executeList(CommandContext context, @Nullable Page page) {
            return found().skip(getFirstResult()).limit(getMaxResults()).collect(Collectors.toList());
        }

        private Stream<Tenant> found() {
            return people.tenantNames(ids()).entrySet().stream()
                    .filter(tenant -> name == null || name.equals(tenant.getValue()))
                    .filter(tenant -> like(nameLike, tenant.getValue()))
                    .map(entry -> {
                        TenantEntity tenant = new TenantEntity(entry.getKey());
                        tenant.setName(entry.getValue());
                        return tenant;
                    });
        }

        private @Nullable Collection<String> ids() {
            Set<String> wanted = wanted(id, ids);
            if (userId != null) {
                Set<String> ofUser =
                        visible(userId).map(SignedInPerson::tenants).orElse(Set.of());
                wanted = narrowed(wanted, ofUser);
            }
            Authentication caller = caller();
            return caller == null ? wanted : narrowed(wanted, caller.getTenantIds());
        }

        private static Set<String> narrowed(@Nullable Set<String> wanted, Collection<String> allowed) {
            Set<String> narrowed = new HashSet<>(allowed);
            if (wanted != null) {
                narrowed.retainAll(wanted);
            }
            return narrowed;
        }
    }
}
