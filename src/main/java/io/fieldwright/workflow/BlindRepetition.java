package io.fieldwright.workflow;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Runs a command that came upon something out of the caller's sight once more, now blind to it ({@link BlindSession}): so
 * the engine itself gives the answer for what does not exist, in the words of the command. Not every command is blind
 * from the start, because a vendor's task belongs to an instance that only its circle sees.
 */
class BlindRepetition extends CommandInterceptor {

    private static final ThreadLocal<Boolean> BLIND = ThreadLocal.withInitial(() -> false);

    static boolean isBlind() {
        return BLIND.get();
    }

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (OutOfSightException seen) {
            if (isBlind() || Context.getCommandContext() != null) {
                throw seen;
            }
            BLIND.set(true);
            try {
                return next.execute(command);
            } finally {
                BLIND.remove();
            }
        }
    }
}
