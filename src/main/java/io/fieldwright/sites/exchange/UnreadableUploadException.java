package io.fieldwright.sites.exchange;

import java.util.List;

/** The upload is not what an import can start with: nothing of it was read. */
class UnreadableUploadException extends RuntimeException {

    private final List<RowProblem> problems;

    UnreadableUploadException(List<RowProblem> problems) {
        super(problems.get(0).reason());
        this.problems = List.copyOf(problems);
    }

    UnreadableUploadException(String reason) {
        this(List.of(new RowProblem(1, null, reason)));
    }

    List<RowProblem> problems() {
        return problems;
    }
}
