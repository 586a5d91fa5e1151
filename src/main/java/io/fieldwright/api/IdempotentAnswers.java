package io.fieldwright.api;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The answers given to requests that may be repeated, each written in the transaction of the work it answers. */
@Repository
@Transactional
class IdempotentAnswers {

    private static final Duration KEPT = Duration.ofHours(48);

    /** What makes two requests the same: {@code path} includes the query. */
    record Request(String person, String key, String path, byte[] digest) {}

    /** What is repeated: the headers that tell where and which version the result is. */
    record Answer(
            int status, @Nullable String location, @Nullable String etag, @Nullable String contentType, byte[] body) {}

    /** An answer and the digest of the request it was given to. */
    record Given(byte[] requestDigest, Answer answer) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    IdempotentAnswers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Takes the request on, if nobody did before. Waits for a transaction that is working on the same one.
     *
     * @throws org.springframework.dao.CannotAcquireLockException when that takes longer than ten seconds
     */
    boolean claim(Request request) {
        jdbc.sql("set local lock_timeout = '10s'").update();
        int claimed = jdbc.sql(
                        """
                        insert into idempotent_answer (person, key, path, request_digest, answered_at)
                        values (:person, :key, :path, :digest, :now) on conflict do nothing""")
                .param("person", request.person())
                .param("key", request.key())
                .param("path", request.path())
                .param("digest", request.digest())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("set local lock_timeout = 0").update();
        return claimed == 1;
    }

    Given find(Request request) {
        return jdbc.sql(
                        """
                        select request_digest, status, location, etag, content_type, body from idempotent_answer
                        where person = :person and key = :key and path = :path""")
                .param("person", request.person())
                .param("key", request.key())
                .param("path", request.path())
                .query((row, number) -> new Given(
                        row.getBytes("request_digest"),
                        new Answer(
                                row.getInt("status"),
                                row.getString("location"),
                                row.getString("etag"),
                                row.getString("content_type"),
                                row.getBytes("body"))))
                .single();
    }

    void store(Request request, Answer answer) {
        jdbc.sql(
                        """
                        update idempotent_answer set status = :status, location = :location, etag = :etag,
                          content_type = :contentType, body = :body
                        where person = :person and key = :key and path = :path""")
                .param("person", request.person())
                .param("key", request.key())
                .param("path", request.path())
                .param("status", answer.status())
                .param("location", answer.location(), Types.VARCHAR)
                .param("etag", answer.etag(), Types.VARCHAR)
                .param("contentType", answer.contentType(), Types.VARCHAR)
                .param("body", answer.body())
                .update();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        Instant before = clock.instant().minus(KEPT);
        jdbc.sql("delete from idempotent_answer where answered_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }
}
