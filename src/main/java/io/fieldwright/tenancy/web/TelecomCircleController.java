package io.fieldwright.tenancy.web;

import io.fieldwright.api.Listing;
import io.fieldwright.tenancy.TelecomCircle;
import io.fieldwright.tenancy.TelecomCircles;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/telecom-circles")
class TelecomCircleController {

    record TelecomCircleView(String code, String name, TelecomCircle.Category category) {

        static TelecomCircleView of(TelecomCircle circle) {
            return new TelecomCircleView(circle.code(), circle.name(), circle.category());
        }
    }

    private final TelecomCircles circles;

    TelecomCircleController(TelecomCircles circles) {
        this.circles = circles;
    }

    @GetMapping
    Listing<TelecomCircleView> list(@ParameterObject @PageableDefault(size = 22, sort = "code") Pageable page) {
        return Listing.of(circles.list(Listing.sortable(page, "code", "name", "category")), TelecomCircleView::of);
    }
}
