package io.fieldwright.onboarding.web;

import io.fieldwright.api.Problem;
import io.fieldwright.onboarding.Invitation;
import io.fieldwright.onboarding.Invitations;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The pages on which the invited answer, without an account and without JavaScript. */
@Controller
@RequestMapping("/invitations")
class InvitationPages {

    private final Invitations invitations;
    private final Organisations organisations;
    private final Validator validator;

    InvitationPages(Invitations invitations, Organisations organisations, Validator validator) {
        this.invitations = invitations;
        this.organisations = organisations;
        this.validator = validator;
    }

    @GetMapping("/accept")
    ModelAndView form(@RequestParam(required = false) @Nullable String token) {
        return invitations
                .awaiting(token)
                .map(invitation -> page(AcceptanceForm.empty(invitation), token, HttpStatus.OK))
                .orElseGet(InvitationPages::noInvitation);
    }

    @PostMapping("/accept")
    ModelAndView accept(@RequestParam Map<String, String> entered) {
        String token = entered.getOrDefault("token", "");
        Optional<Invitation> awaiting = invitations.awaiting(token);
        if (awaiting.isEmpty()) {
            invitations.refuse(token);
            return noInvitation();
        }
        AcceptanceForm form = AcceptanceForm.filled(awaiting.get(), entered);
        AcceptanceRequest request = form.request(token);
        validator
                .validate(request)
                .forEach(
                        violation -> form.refuseSent(violation.getPropertyPath().toString(), violation.getMessage()));
        if (form.isRefused()) {
            return page(form, token, HttpStatus.BAD_REQUEST);
        }
        try {
            invitations.accept(token, request.answer());
        } catch (Problem refused) {
            if (refused.status() == HttpStatus.NOT_FOUND) {
                return noInvitation();
            }
            form.refuseSent(refused);
            return page(form, token, refused.status());
        }
        return new ModelAndView("redirect:/invitations/accepted");
    }

    @GetMapping("/accepted")
    ModelAndView accepted() {
        return new ModelAndView("invitations/accepted");
    }

    private ModelAndView page(AcceptanceForm form, @Nullable String token, HttpStatus status) {
        String inviter = TenantScope.asSystem(
                () -> organisations.get(form.invitation().tenantId()).name());
        return new ModelAndView(
                "invitations/accept", Map.of("form", form, "token", String.valueOf(token), "inviter", inviter), status);
    }

    /** The same for every token that cannot be used, whatever the reason. */
    private static ModelAndView noInvitation() {
        return new ModelAndView("invitations/none", HttpStatus.NOT_FOUND);
    }
}
