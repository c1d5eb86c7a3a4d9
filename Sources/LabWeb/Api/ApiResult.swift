internal import LabDomain
internal import LabOperations
internal import LabStore

/// A tube with its answer, or with the time at which the answer is expected.
struct ApiResult: Encodable, Sendable {
    /// When half of the forecast's futures are finished, and between which times four fifths.
    struct Expected: Encodable, Sendable {
        let at: Timestamp
        let low: Timestamp
        let high: Timestamp
        /// When the forecast was made.
        let forecastAt: Timestamp
    }

    private enum Key: String, CodingKey { case expected }

    private let result: TubeResult
    private let expected: Expected?

    init(_ result: TubeResult, _ line: TurnaroundBoard.Line?, madeAt: Timestamp?) {
        self.result = result
        guard result.isOpen, let line, let madeAt,
            ForecastAxis([], at: madeAt).foresees(line.predicted)
        else {
            expected = nil
            return
        }
        expected = Expected(
            at: line.predicted, low: line.low, high: line.high, forecastAt: madeAt)
    }

    func encode(to encoder: any Encoder) throws {
        try result.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(expected, forKey: .expected)
    }
}

extension Site {
    /// Tubes with what the last forecast says of those whose answer is still to come.
    func foreseen(_ part: Part<TubeResult>, for visit: ApiVisit) throws -> ApiPart<ApiResult> {
        let board = forecast.last
        let open = part.rows.filter(\.isOpen).map(\.tube)
        let lines =
            try open.isEmpty
            ? nil : board.map { try laboratory.expected(open, by: $0, as: visit.handle) }
        return ApiPart(part) { ApiResult($0, lines?[$0.tube], madeAt: board?.at) }
    }

    /// One tube likewise; nil where it is not the visitor's to see.
    func foreseen(_ tube: String, for visit: ApiVisit) throws -> ApiResult? {
        guard let result = try laboratory.result(of: tube, as: visit.handle) else { return nil }
        guard result.isOpen, let board = forecast.last else {
            return ApiResult(result, nil, madeAt: nil)
        }
        let lines = try laboratory.expected([result.tube], by: board, as: visit.handle)
        return ApiResult(result, lines[result.tube], madeAt: board.at)
    }
}
