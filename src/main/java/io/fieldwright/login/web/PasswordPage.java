package io.fieldwright.login.web;

import io.fieldwright.api.Problem;
import io.fieldwright.login.Passwords;
import io.fieldwright.people.PasswordPolicy;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.HtmlUtils;

/** Where somebody whose password was reset sets another; it looks like the login page and needs no script. */
@Controller
@Hidden
class PasswordPage {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Set your password</title>
              <link href="default-ui.css" rel="stylesheet">
            </head>
            <body>
              <div class="content">
                <form class="login-form" method="post" action="password">
                  <h2>Set your password</h2>
                  %s
                  <p>
                    <label for="password">New password, at least %d characters; a few words are best</label>
                    <input type="password" id="password" name="password" required minlength="%d" maxlength="%d"
                      autocomplete="new-password" autofocus>
                  </p>
                  <input type="hidden" name="token" value="%s">
                  <input type="hidden" name="%s" value="%s">
                  <button type="submit" class="primary">Set password</button>
                </form>
              </div>
            </body>
            </html>
            """;

    private final Passwords passwords;

    PasswordPage(Passwords passwords) {
        this.passwords = passwords;
    }

    @GetMapping("/password")
    ResponseEntity<String> show(@RequestParam(defaultValue = "") String token, CsrfToken forgery) {
        return page(HttpStatus.OK, "", token, forgery);
    }

    @PostMapping("/password")
    ResponseEntity<String> set(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String password,
            CsrfToken forgery) {
        try {
            passwords.redeem(token, password);
        } catch (Problem refused) {
            return page(refused.status(), refused.getMessage(), token, forgery);
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Location", "login")
                .build();
    }

    private static ResponseEntity<String> page(HttpStatus status, String refusal, String token, CsrfToken forgery) {
        String alert = refusal.isEmpty()
                ? ""
                : "<div class=\"alert alert-danger\" role=\"alert\">" + HtmlUtils.htmlEscape(refusal) + "</div>";
        return ResponseEntity.status(status)
                .contentType(MediaType.valueOf("text/html;charset=UTF-8"))
                .body(PAGE.formatted(
                        alert,
                        PasswordPolicy.SHORTEST,
                        PasswordPolicy.SHORTEST,
                        PasswordPolicy.LONGEST_BYTES,
                        HtmlUtils.htmlEscape(token),
                        HtmlUtils.htmlEscape(forgery.getParameterName()),
                        HtmlUtils.htmlEscape(forgery.getToken())));
    }
}
