package io.fieldwright.login;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Where a request comes from: the network address and what the program calls itself, cut to what a row may hold. */
public record RequestOrigin(@Nullable String address, @Nullable String client) {

    private static final int LONGEST_CLIENT = 200;

    public static RequestOrigin of(HttpServletRequest request) {
        String client = request.getHeader(HttpHeaders.USER_AGENT);
        return new RequestOrigin(
                request.getRemoteAddr(),
                client == null ? null : client.substring(0, Math.min(client.length(), LONGEST_CLIENT)));
    }
}
