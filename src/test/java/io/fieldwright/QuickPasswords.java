package io.fieldwright;

import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes the passwords of the hundreds of people that tests create at bcrypt's lowest cost; signing in is as ever. */
@Component
@Primary
class QuickPasswords extends BCryptPasswordEncoder {

    QuickPasswords() {
        super(4);
    }
}
