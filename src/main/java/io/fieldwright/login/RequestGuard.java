package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.api.SuspiciousRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no honest client sends: headers that claim to be somebody, requests that a page of another site made with
 * the browser's own credentials, and headers or bodies beyond any use.
 */
@Component
class RequestGuard extends OncePerRequestFilter {

    /** More than browsers with many cookies send; the servlet container itself stops at twice that. */
    private static final int LONGEST_HEADERS = 16 * 1024;

    /** Of a body that is read into memory as a whole. Files are streamed and have limits of their own. */
    static final int LONGEST_BODY = 8 * 1024 * 1024;

    /** Headers that some systems trust for who calls or what is called. Nothing here reads them. */
    private static final List<String> CLAIMS = List.of(
            "X-Tenant",
            "X-Tenant-Id",
            "X-TenantId",
            "X-Organisation",
            "X-Organization",
            "X-User",
            "X-User-Id",
            "X-Username",
            "X-Remote-User",
            "X-Role",
            "X-Roles",
            "X-Permissions",
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-HTTP-Method-Override");

    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");
    private static final RequestMatcher SINGLE_SIGN_ON =
            PathPatternRequestMatcher.withDefaults().matcher("/oauth2/authorization/**");

    private static final Set<String> SAFE =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());

    private final Refusals refusals;

    RequestGuard(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        for (String claim : CLAIMS) {
            if (request.getHeader(claim) != null) {
                refusals.refuse(
                        request,
                        response,
                        new SuspiciousRequest("spoofed-header", claim + " to " + request.getRequestURI()),
                        Problem.invalid(claim, "is not taken from a header"));
                return;
            }
        }
        if (isForeign(request) && isForged(request)) {
            refusals.refuse(
                    request,
                    response,
                    new SuspiciousRequest("foreign-page", request.getMethod() + " " + request.getRequestURI()),
                    Problem.forbidden("Pages of other sites must not use your login."));
        } else if (headers(request) > LONGEST_HEADERS) {
            refusals.refuse(request, response, Problem.headersTooLarge());
        } else if (!isReadWhole(request)) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > LONGEST_BODY) {
            refusals.refuse(request, response, tooLarge());
        } else {
            try {
                chain.doFilter(new LimitedRequest(request), response);
            } catch (Problem tooLarge) {
                refusals.refuse(request, response, tooLarge);
            }
        }
    }

    /** By what the browser says (Fetch Metadata), or an old one's {@code Origin}. Programs send neither. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? CorsUtils.isCorsRequest(request) : FOREIGN.contains(site);
    }

    /**
     * Whether the browser added the credentials by itself: a token is only ever added by a script that knows it. The
     * provider's cookies are added, too, when a page has it sign somebody in who did not ask for it.
     */
    private static boolean isForged(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization == null
                ? SINGLE_SIGN_ON.matches(request) || request.getCookies() != null && !SAFE.contains(request.getMethod())
                : authorization.toLowerCase(Locale.ROOT).startsWith("basic");
    }

    private static int headers(HttpServletRequest request) {
        int length = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                length += name.length() + value.length();
            }
        }
        return length;
    }

    private static boolean isReadWhole(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && (type.toLowerCase(Locale.ROOT).startsWith("application/json")
                        || type.toLowerCase(Locale.ROOT).contains("+json")
                                && !type.toLowerCase(Locale.ROOT).startsWith("application/geo+json"));
    }

    private static Problem tooLarge() {
        return Problem.tooLarge("The body is longer than " + LONGEST_BODY + " bytes.");
    }

    /** A request of unknown length, which is counted while it is read. */
    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private @Nullable ServletInputStream body;

        LimitedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedBody(getRequest().getInputStream());
            }
            return body;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String encoding = getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            return new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
    }

    private static final class LimitedBody extends ServletInputStream {

        private final ServletInputStream body;
        private long length;

        LimitedBody(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int longest) throws IOException {
            int read = body.read(buffer, offset, longest);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            length += read;
            if (length > LONGEST_BODY) {
                throw tooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
