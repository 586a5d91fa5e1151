package io.fieldwright.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody with an account who tries every interface: the domain API and engine REST with each request's credentials,
 * the web apps with a session as a browser has one.
 *
 * @param tenants the organisations and collaborations they take part in
 */
record Visitor(URI home, String username, String organisation, Set<String> tenants, HttpClient browser) {

    /** For what is asked with credentials: a browser's session is for the web apps only. */
    private static final HttpClient WITHOUT_COOKIES = HttpClient.newHttpClient();

    static final String PASSWORD = "correct horse battery staple";

    private static final Pattern FORGERY_TOKEN = Pattern.compile("name=\"_csrf\" type=\"hidden\" value=\"([^\"]+)\"");

    /** {@code address} starts with a slash; a null body is none. */
    record Request(String method, String address, String contentType, String body) {

        static Request get(String address) {
            return new Request("GET", address, "application/json", null);
        }

        @Override
        public String toString() {
            return method + " " + address + (body == null ? "" : " " + body);
        }
    }

    record Answer(int status, String body) {

        boolean done() {
            return status / 100 == 2;
        }
    }

    static Visitor of(URI home, String username, String organisation, Set<String> tenants) {
        HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        return new Visitor(home, username, organisation, tenants, browser);
    }

    Visitor signInToWebApps() {
        Matcher token = FORGERY_TOKEN.matcher(
                exchange(browser, HttpRequest.newBuilder().GET(), "/login").body());
        if (!token.find()) {
            throw new AssertionError("the login page has no token against forged requests");
        }
        exchange(
                browser,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + username + "&password="
                                + PASSWORD.replace(" ", "+") + "&_csrf=" + token.group(1))),
                "/login");
        exchange(browser, HttpRequest.newBuilder().GET(), "/camunda/app/welcome/default/");
        return this;
    }

    Answer send(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder()
                .header("Accept", "*/*")
                .header("If-Match", "*")
                .header("Content-Type", request.contentType())
                .method(
                        request.method(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        if (request.address().startsWith("/camunda/")) {
            ((CookieManager) browser.cookieHandler().orElseThrow())
                    .getCookieStore().getCookies().stream()
                            .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                            .map(HttpCookie::getValue)
                            .findFirst()
                            .ifPresent(token -> builder.header("X-XSRF-TOKEN", token));
            return exchange(browser, builder, request.address());
        }
        builder.header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((username + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
        return exchange(WITHOUT_COOKIES, builder, request.address());
    }

    private Answer exchange(HttpClient client, HttpRequest.Builder request, String address) {
        try {
            HttpResponse<String> response =
                    client.send(request.uri(URI.create(home + address)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException lost) {
            throw new UncheckedIOException(request.build().method() + " " + address, lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public String toString() {
        return username;
    }
}
