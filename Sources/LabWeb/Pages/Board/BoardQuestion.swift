internal import LabDomain
internal import LabOperations

/// What is asked of the board: everything, or what presses so much or stands so with its forecast.
struct BoardQuestion: Hashable, Sendable {
    var urgency: Urgency?
    var status: TurnaroundBoard.Status?

    /// Everything.
    init() {}

    /// What the query asks; a word that is not on the list shows everything.
    init(_ query: Fields) {
        urgency = Urgency(rawValue: query["show"] ?? "")
        status = TurnaroundBoard.Status(rawValue: query["forecast"] ?? "")
    }

    /// The address that asks this.
    func path(on page: String = "/board") -> String {
        let parts = [
            status.map { "forecast=\($0.rawValue)" }, urgency.map { "show=\($0.rawValue)" },
        ].compactMap(\.self)
        return parts.isEmpty ? page : page + "?" + parts.joined(separator: "&")
    }

    /// The same with another forecast's standing.
    func with(_ status: TurnaroundBoard.Status?) -> BoardQuestion {
        var other = self
        other.status = status
        return other
    }

    /// The same with another urgency.
    func with(_ urgency: Urgency?) -> BoardQuestion {
        var other = self
        other.urgency = urgency
        return other
    }
}
