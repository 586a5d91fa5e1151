package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OneProviderTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(OneProvider.class)
            .withPropertyValues("spring.security.oauth2.client.registration.company.client-id=fieldwright");

    @Test
    void oneSingleSignOnProviderIsEnough() {
        application.run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void applicationWithSeveralDoesNotStartAndSaysWhy() {
        application
                .withPropertyValues("spring.security.oauth2.client.registration.other.client-id=fieldwright")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(IllegalStateException.class)
                        .rootCause()
                        .hasMessageContaining("company")
                        .hasMessageContaining("other")
                        .hasMessageContaining("one single sign-on provider only"));
    }
}
