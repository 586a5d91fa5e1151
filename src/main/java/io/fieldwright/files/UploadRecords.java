package io.fieldwright.files;

import io.fieldwright.files.StoredFile.Kind;
import io.fieldwright.tenancy.TenantScope;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Uploads that are not complete, and their pieces, in the database: every node can go on with them. */
@Component
@Transactional
class UploadRecords {

    /** An upload that is not complete: {@code received} is less than {@code size}. */
    record Upload(
            String startedBy,
            UUID id,
            String tenantId,
            Kind kind,
            String name,
            long size,
            String sha256,
            long received,
            Instant expiresAt) {

        FileUpload progress() {
            return new FileUpload(id, size, received, expiresAt);
        }

        /** Whether both are to become the same file. */
        boolean isOf(Upload other) {
            return tenantId.equals(other.tenantId)
                    && kind == other.kind
                    && size == other.size
                    && sha256.equals(other.sha256);
        }
    }

    private final JdbcClient jdbc;

    UploadRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int count(String person) {
        return jdbc.sql("select count(*) from file_upload where started_by = :person")
                .param("person", person)
                .query(Integer.class)
                .single();
    }

    /** Adds an upload unless its person has one of this id. */
    void add(Upload upload) {
        jdbc.sql(
                        """
                        insert into file_upload (started_by, id, tenant_id, kind, name, size, sha256, received, expires_at)
                        values (:person, :id, :tenant, :kind, :name, :size, :sha256, :received, :expiresAt)
                        on conflict do nothing
                        """)
                .param("person", upload.startedBy())
                .param("id", upload.id())
                .param("tenant", upload.tenantId())
                .param("kind", upload.kind().name())
                .param("name", upload.name())
                .param("size", upload.size())
                .param("sha256", upload.sha256())
                .param("received", upload.received())
                .param("expiresAt", upload.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Upload> find(String person, UUID id, Instant now) {
        return jdbc.sql("select * from file_upload where started_by = :person and id = :id and expires_at > :now")
                .param("person", person)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Upload(
                        row.getString("started_by"),
                        row.getObject("id", UUID.class),
                        row.getString("tenant_id"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        row.getLong("size"),
                        row.getString("sha256"),
                        row.getLong("received"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional()
                .filter(upload -> TenantScope.sees(upload.tenantId()));
    }

    /** Adds a piece, unless another was added there meanwhile. */
    boolean append(Upload upload, long start, byte[] piece, Instant expiresAt) {
        boolean next = jdbc.sql(
                                """
                                update file_upload set received = :start + :length, expires_at = :expiresAt
                                where started_by = :person and id = :id and received = :start
                                """)
                        .param("person", upload.startedBy())
                        .param("id", upload.id())
                        .param("start", start)
                        .param("length", piece.length)
                        .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
        if (next) {
            jdbc.sql("insert into file_upload_piece (started_by, upload_id, start, content) values (?, ?, ?, ?)")
                    .params(upload.startedBy(), upload.id(), start, piece)
                    .update();
        }
        return next;
    }

    /** Where the pieces of an upload begin, in order. */
    List<Long> starts(Upload upload) {
        return jdbc.sql("select start from file_upload_piece where started_by = ? and upload_id = ? order by start")
                .params(upload.startedBy(), upload.id())
                .query(Long.class)
                .list();
    }

    byte[] piece(Upload upload, long start) {
        return jdbc.sql("select content from file_upload_piece where started_by = ? and upload_id = ? and start = ?")
                .params(upload.startedBy(), upload.id(), start)
                .query(byte[].class)
                .single();
    }

    void remove(Upload upload) {
        jdbc.sql("delete from file_upload where started_by = ? and id = ?")
                .params(upload.startedBy(), upload.id())
                .update();
    }

    /** What a person did not go on with in time, so that they may begin it anew. */
    void removeExpired(String person, Instant now) {
        jdbc.sql("delete from file_upload where started_by = :person and expires_at <= :now")
                .param("person", person)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void removeExpired(Instant now) {
        jdbc.sql("delete from file_upload where expires_at <= :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
