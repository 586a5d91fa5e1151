package io.fieldwright;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a program that binds it later. It is below those that systems hand out on their own, so that no connection
 * gets it meanwhile, and chosen by chance, so that two runs hardly choose the same.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int LOWEST_HANDED_OUT = 32_768;

    private FreePort() {}

    public static int choose() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_HANDED_OUT);
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
                return port;
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
