package io.fieldwright.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom requests are counted for while nobody has proved who they are. */
public final class Network {

    private Network() {}

    /** The address, or of IPv6 the /64 that one customer has to choose from. What has no colon is never looked up as a name. */
    public static String of(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bits = InetAddress.getByName(address).getAddress();
            return bits.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bits, 8)) : address;
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
