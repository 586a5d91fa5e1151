package io.fieldwright.tenancy;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** India's telecom circles, which ship with the product. */
@Service
@Transactional(readOnly = true)
public class TelecomCircles {

    private final TelecomCircleRepository circles;

    TelecomCircles(TelecomCircleRepository circles) {
        this.circles = circles;
    }

    public Page<TelecomCircle> list(Pageable page) {
        return circles.findAll(page);
    }
}
