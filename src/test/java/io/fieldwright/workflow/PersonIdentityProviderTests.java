package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.people.Team;
import io.fieldwright.people.Teams;
import io.fieldwright.workflow.TestPeople.House;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@FieldwrightTest
class PersonIdentityProviderTests {

    @Autowired
    private IdentityService identity;

    @Autowired
    private PersonDirectory directory;

    @Autowired
    private TestPeople people;

    @Autowired
    private Teams teams;

    private House house;
    private String storekeeper;
    private String driver;
    private String vendorsDriver;

    @BeforeEach
    void hire() {
        house = people.house();
        storekeeper = people.person(house.circle(), "storekeeper", "coordinator");
        driver = people.person(house.circle(), "driver");
        vendorsDriver = people.person(house.vendor(), "driver");
    }

    @AfterEach
    void signOut() {
        identity.clearAuthentication();
    }

    private void signIn(String username) {
        SignedInPerson person = directory.loadUserByUsername(username);
        identity.setAuthentication(username, List.copyOf(person.groups()), List.copyOf(person.tenants()));
    }

    @Test
    void peopleAreUsers() {
        User user = identity.createUserQuery().userId(storekeeper).singleResult();
        assertThat(user.getFirstName()).isEqualTo("Asha Rani");
        assertThat(user.getLastName()).isEqualTo("Kulkarni");
        assertThat(user.getEmail()).isEqualTo(storekeeper + "@example.org");
        assertThat(identity.createUserQuery().userId("nobody").singleResult()).isNull();
        assertThat(identity.isReadOnly()).isTrue();
    }

    @Test
    void usersAreFoundByGroupTenantAndName() {
        assertThat(identity.createUserQuery()
                        .memberOfGroup("driver")
                        .memberOfTenant(house.collaboration())
                        .list())
                .extracting(User::getId)
                .containsExactlyInAnyOrder(driver, vendorsDriver);
        assertThat(identity.createUserQuery()
                        .memberOfGroup("driver")
                        .memberOfTenant(house.circle())
                        .list())
                .extracting(User::getId)
                .containsExactly(driver);
        assertThat(identity.createUserQuery()
                        .userIdIn(driver, storekeeper)
                        .userFirstNameLike("asha%")
                        .userLastName("Kulkarni")
                        .count())
                .isEqualTo(2);
        assertThat(identity.createUserQuery().userIdIn(driver, storekeeper).listPage(1, 1))
                .hasSize(1);
    }

    @Test
    void groupsAndTenantsFollowFromDesignationsAndEngagements() {
        assertThat(identity.createGroupQuery().groupMember(storekeeper).list())
                .extracting(Group::getId)
                .containsExactly("coordinator", "storekeeper");
        assertThat(identity.createGroupQuery().groupNameLike("Ware%").list())
                .extracting(Group::getId)
                .containsExactly("warehouse-manager");
        assertThat(identity.createTenantQuery()
                        .userMember(driver)
                        .includingGroupsOfUser(true)
                        .list())
                .extracting(Tenant::getId)
                .containsExactly(house.circle(), house.collaboration());
        assertThat(identity.createTenantQuery().userMember(vendorsDriver).list())
                .extracting(Tenant::getId)
                .containsExactlyInAnyOrder(house.vendor(), house.collaboration());
    }

    private List<String> groupsLike(String pattern) {
        return identity.createGroupQuery().groupNameLike(pattern).list().stream()
                .map(Group::getId)
                .toList();
    }

    @Test
    void piecesOfANameAreLookedForInTheirOrder() {
        assertThat(groupsLike("%OUSE man%")).containsExactly("warehouse-manager");
        assertThat(groupsLike("warehouse manager")).containsExactly("warehouse-manager");
        assertThat(groupsLike("w%e%manager")).containsExactly("warehouse-manager");
        assertThat(groupsLike("%manager%warehouse%")).isEmpty();
        assertThat(groupsLike("warehouse")).isEmpty();
        assertThat(groupsLike("warehouse manager%manager")).isEmpty();
        assertThat(groupsLike("%")).contains("driver", "storekeeper", "warehouse-manager");
    }

    @Test
    void noNumberOfWildcardsKeepsAThreadBusy() {
        assertThat(groupsLike("w" + "%".repeat(40) + "r")).containsExactly("warehouse-manager");
        assertThat(groupsLike("%a".repeat(40) + "%")).isEmpty();
        assertThat(groupsLike("%".repeat(40) + "!")).isEmpty();
        assertThat(identity.createTenantQuery()
                        .tenantId(house.circle())
                        .tenantNameLike("%".repeat(40) + "!")
                        .count())
                .isZero();
    }

    @Test
    void whoeverIsSignedInFindsOnlyPeopleInSight() {
        String stranger = people.person(people.house().circle(), "driver");
        signIn(driver);
        assertThat(identity.createUserQuery().memberOfGroup("driver").list())
                .extracting(User::getId)
                .containsExactly(driver);
        assertThat(identity.createUserQuery().userId(stranger).singleResult()).isNull();
        assertThat(identity.createGroupQuery().groupMember(stranger).list()).isEmpty();
        assertThat(identity.createTenantQuery().list())
                .extracting(Tenant::getId)
                .containsExactly(house.circle(), house.collaboration());
    }

    @Test
    void namesOfTeamsOutOfSightAreNotRevealed() {
        String own = Team.groupOf(team(house.circle(), driver).id());
        House elsewhere = people.house();
        String foreign = Team.groupOf(team(elsewhere.circle(), people.person(elsewhere.circle(), "driver"))
                .id());
        assertThat(identity.createGroupQuery().groupIdIn(own, foreign).count()).isEqualTo(2);

        signIn(driver);

        assertThat(identity.createGroupQuery().groupIdIn(own, foreign).list())
                .extracting(Group::getId)
                .containsExactly(own);
        assertThat(identity.createGroupQuery().groupId(foreign).count()).isZero();
    }

    private Team team(String organisation, String lead) {
        return teams.create(
                organisation, "crew", new Teams.Description("Crew", lead, Set.of(), Set.of(), null, null, true));
    }

    @Test
    void enginePassesNoJudgementOnPasswords() {
        assertThat(identity.checkPassword(driver, TestPeople.PASSWORD)).isFalse();
    }
}
