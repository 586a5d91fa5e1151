package io.fieldwright.onboarding;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation says of its invitations.
 *
 * @param address where the invited reach the application; never taken from a request, whose headers anybody can forge
 * @param validity how long the invited have to answer
 */
@ConfigurationProperties("fieldwright.invitations")
record InvitationProperties(@DefaultValue("http://localhost:8080") URI address, @DefaultValue("7d") Duration validity) {

    InvitationProperties {
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException("fieldwright.invitations.address must begin with http:// or https://");
        }
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("fieldwright.invitations.validity must be longer than nothing");
        }
    }

    /** Where the page is that takes {@code token}. */
    String link(InvitationToken token) {
        return address.toString().replaceAll("/+$", "") + "/invitations/accept?token=" + token.text();
    }
}
