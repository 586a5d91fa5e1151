package io.fieldwright.fieldwork.sync;

import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.CaptureConflict;
import io.fieldwright.fieldwork.CaptureConflict.Reason;
import io.fieldwright.people.Permission;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people work with in the field. A lost device is blocked, by its owner or by whoever manages devices. */
@Service
@Transactional
public class Devices {

    /** A device and whether it was made known just now. */
    public record Registration(Device device, boolean isNew) {}

    private final DeviceRepository devices;
    private final Clock clock;

    Devices(DeviceRepository devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * Makes a device known under the id that it made for itself; again, it is only named anew.
     *
     * @throws Problem 409 for an id that is another person's device
     */
    public Registration register(SignedInPerson person, UUID id, String name, String platform) {
        Optional<Device> known = TenantScope.asSystem(() -> devices.findById(id));
        if (known.isEmpty()) {
            return new Registration(
                    devices.saveAndFlush(
                            new Device(id, person.organisation(), person.username(), name, platform, clock.instant())),
                    true);
        }
        Device device = known.get();
        if (!device.person().equals(person.username())) {
            throw Problem.conflict("id", "is that of another device; make a new one");
        }
        device.rename(name, platform);
        return new Registration(devices.saveAndFlush(device), false);
    }

    /**
     * The caller's devices; for who manages devices those of everybody in sight, or of {@code owner}.
     *
     * @throws Problem 403 for somebody else's devices
     */
    @Transactional(readOnly = true)
    public Page<Device> list(SignedInPerson person, @Nullable String owner, Pageable page) {
        if (manages(person)) {
            return devices.search(owner, page);
        }
        if (owner != null && !owner.equals(person.username())) {
            throw Problem.forbidden("You see your own devices only.");
        }
        return devices.search(person.username(), page);
    }

    /** From now on nothing it sends is applied. @throws Problem 404 for a device that is not the caller's to manage */
    public Device block(SignedInPerson person, UUID id, String reason) {
        Device device = devices.findById(id)
                .filter(found -> found.person().equals(person.username()) || manages(person))
                .orElseThrow(() -> Problem.notFound("device", id));
        device.block(person.username(), reason, clock.instant());
        return devices.saveAndFlush(device);
    }

    /**
     * Lets it work again.
     *
     * @throws Problem 404 as {@link #block}, 403 for an owner who does not manage devices: whoever found a lost device must not
     *     unblock it
     */
    public Device unblock(SignedInPerson person, UUID id) {
        Device device = devices.findById(id)
                .filter(found -> found.person().equals(person.username()) || manages(person))
                .orElseThrow(() -> Problem.notFound("device", id));
        if (!manages(person)) {
            throw Problem.forbidden("A blocked device is unblocked by somebody who manages devices.");
        }
        device.unblock();
        return devices.saveAndFlush(device);
    }

    private static boolean manages(SignedInPerson person) {
        return person.permissions().contains(Permission.DEVICES_MANAGE.id());
    }

    /** @throws Problem 409 unless the device is the caller's, the same for one that is nobody's */
    @Transactional(readOnly = true)
    public Device own(SignedInPerson person, UUID id) {
        return devices.findById(id)
                .filter(device -> device.person().equals(person.username()))
                .orElseThrow(() -> Problem.conflict("device", "is not registered by you; register it first"));
    }

    /**
     * Keeps a device as it is until the transaction ends, so that blocking it takes effect between two operations and never
     * within one.
     *
     * @throws CaptureConflict when it is blocked
     */
    void requireUnblocked(SignedInPerson person, UUID id) {
        boolean blocked = devices.hold(id, person.username())
                .map(device -> device.blockedAt() != null)
                .orElse(true);
        if (blocked) {
            throw new CaptureConflict(Reason.DEVICE_BLOCKED, "this device is blocked");
        }
    }
}
