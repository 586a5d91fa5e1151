package io.fieldwright.files;

import io.fieldwright.files.Photo.Position;
import io.fieldwright.files.StoredFile.Kind;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The files in the database. */
@Component
@Transactional
class FileRecords {

    private static final int BITS_OF_PART = 16;

    private static final String IN_SIGHT =
            "(cast(:tenants as text[]) is null or tenant_id = any (cast(:tenants as text[])))";

    private static final String ADD =
            """
            insert into stored_file (tenant_id, id, content_id, kind, name, media_type, size, sha256, uploaded_by, uploaded_at,
              width, height, orientation, latitude, longitude, taken_at, taken_at_offset,
              device_make, device_model, device_software, codes, likeness)
            values (:tenant, :id, :contentId, :kind, :name, :mediaType, :size, :sha256, :uploadedBy, :uploadedAt,
              :width, :height, :orientation, :latitude, :longitude, :takenAt, :takenAtOffset,
              :make, :model, :software, :codes, :likeness)
            on conflict do nothing
            """;

    /** Each part of the sought likeness with at most two bits otherwise: see the migration. */
    private static final String SIMILAR =
            """
            select f.*, coalesce(bit_count((f.likeness # :likeness)::bit(64)), 0) as distance, f.sha256 = :sha256 as identical
            from stored_file f
            where f.tenant_id = :tenant and f.id in (
                select id from stored_file where tenant_id = :tenant and sha256 = :sha256
                union select id from stored_file where tenant_id = :tenant and likeness_1 = any (:parts1) and likeness is not null
                union select id from stored_file where tenant_id = :tenant and likeness_2 = any (:parts2) and likeness is not null
                union select id from stored_file where tenant_id = :tenant and likeness_3 = any (:parts3) and likeness is not null
                union select id from stored_file where tenant_id = :tenant and likeness_4 = any (:parts4) and likeness is not null)
              and f.id <> :id
              and (f.sha256 = :sha256 or bit_count((f.likeness # :likeness)::bit(64)) <= :most)
            order by distance, f.uploaded_at, f.id
            """;

    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('file ' || :id, 0))";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    FileRecords(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /**
     * Keeps files of this id, whatever their tenant, from becoming known to others until the transaction ends; waits for who
     * makes one known now.
     */
    void hold(UUID id) {
        jdbc.sql(ONE_AT_A_TIME)
                .param("id", id.toString())
                .query((row, number) -> true)
                .single();
    }

    /** Adds a file, unless its id is taken in its tenant, or was used by its uploader before. */
    boolean add(StoredFile file) {
        hold(file.id());
        Photo photo = file.photo();
        Position position = photo == null ? null : photo.position();
        boolean added = jdbc.sql(ADD)
                        .param("tenant", file.tenantId())
                        .param("id", file.id())
                        .param("contentId", file.contentId())
                        .param("kind", file.kind().name())
                        .param("name", file.name())
                        .param("mediaType", file.mediaType())
                        .param("size", file.size())
                        .param("sha256", file.sha256())
                        .param("uploadedBy", file.uploadedBy())
                        .param("uploadedAt", file.uploadedAt().atOffset(ZoneOffset.UTC))
                        .param("width", photo == null ? null : photo.width())
                        .param("height", photo == null ? null : photo.height())
                        .param("orientation", photo == null ? null : photo.orientation())
                        .param("latitude", position == null ? null : position.latitude())
                        .param("longitude", position == null ? null : position.longitude())
                        .param("takenAt", photo == null ? null : photo.takenAt())
                        .param(
                                "takenAtOffset",
                                photo == null || photo.takenAtOffset() == null
                                        ? null
                                        : photo.takenAtOffset().getId())
                        .param("make", photo == null ? null : photo.deviceMake())
                        .param("model", photo == null ? null : photo.deviceModel())
                        .param("software", photo == null ? null : photo.deviceSoftware())
                        .param("codes", photo == null ? null : photo.codes().toArray(String[]::new))
                        .param("likeness", photo == null ? null : photo.perceptualHash())
                        .update()
                == 1;
        if (added) {
            events.publishEvent(new FileStored(file.tenantId(), file.id()));
        }
        return added;
    }

    /** Files in sight of this id, the one that was there first in front. */
    List<StoredFile> find(UUID id) {
        return jdbc.sql("select * from stored_file where id = :id and " + IN_SIGHT + " order by uploaded_at, tenant_id")
                .param("id", id)
                .param("tenants", tenants())
                .query(FileRecords::file)
                .list();
    }

    Optional<StoredFile> find(String tenantId, UUID id) {
        return jdbc.sql("select * from stored_file where tenant_id = :tenant and id = :id and " + IN_SIGHT)
                .param("tenant", tenantId)
                .param("id", id)
                .param("tenants", tenants())
                .query(FileRecords::file)
                .optional();
    }

    /** Of the content ids those that a file has. */
    Set<UUID> known(Collection<UUID> contentIds) {
        return new HashSet<>(jdbc.sql("select content_id from stored_file where content_id = any (:ids)")
                .param("ids", contentIds.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /** Other files of the same tenant, those that are most alike first. */
    List<SimilarFile> similar(StoredFile file) {
        if (!TenantScope.sees(file.tenantId())) {
            return List.of();
        }
        Long likeness = file.photo() == null ? null : file.photo().perceptualHash();
        return jdbc.sql(SIMILAR)
                .param("tenant", file.tenantId())
                .param("id", file.id())
                .param("sha256", file.sha256())
                .param("likeness", likeness, java.sql.Types.BIGINT)
                .param("parts1", nearly(likeness, 3))
                .param("parts2", nearly(likeness, 2))
                .param("parts3", nearly(likeness, 1))
                .param("parts4", nearly(likeness, 0))
                .param("most", PerceptualHash.ALIKE)
                .query((row, number) ->
                        new SimilarFile(file(row, number), row.getInt("distance"), row.getBoolean("identical")))
                .list();
    }

    /** The part of a likeness, counted from its end, and all that differ from it in one bit or two. */
    private static Integer[] nearly(@Nullable Long likeness, int part) {
        if (likeness == null) {
            return new Integer[0];
        }
        int bits = (int) (likeness >>> part * BITS_OF_PART) & 0xFFFF;
        Set<Integer> nearly = new LinkedHashSet<>(Set.of(bits));
        for (int one = 0; one < BITS_OF_PART; one++) {
            for (int other = 0; other < BITS_OF_PART; other++) {
                nearly.add(one == other ? bits ^ 1 << one : bits ^ 1 << one ^ 1 << other);
            }
        }
        return nearly.toArray(Integer[]::new);
    }

    private static String @Nullable [] tenants() {
        Collection<String> visible = TenantScope.visible();
        return visible == null ? null : visible.toArray(String[]::new);
    }

    private static StoredFile file(ResultSet row, int number) throws SQLException {
        return new StoredFile(
                row.getObject("id", UUID.class),
                row.getString("tenant_id"),
                row.getObject("content_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("uploaded_by"),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                row.getObject("width") == null ? null : photo(row));
    }

    private static Photo photo(ResultSet row) throws SQLException {
        Double latitude = row.getObject("latitude", Double.class);
        String offset = row.getString("taken_at_offset");
        Array codes = row.getArray("codes");
        return new Photo(
                row.getInt("width"),
                row.getInt("height"),
                row.getInt("orientation"),
                latitude == null ? null : new Position(latitude, row.getDouble("longitude")),
                row.getObject("taken_at", LocalDateTime.class),
                offset == null ? null : ZoneOffset.of(offset),
                row.getString("device_make"),
                row.getString("device_model"),
                row.getString("device_software"),
                row.getObject("likeness", Long.class),
                List.of((String[]) codes.getArray()));
    }
}
