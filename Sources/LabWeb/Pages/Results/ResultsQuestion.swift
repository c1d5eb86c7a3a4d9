internal import LabDomain
internal import LabOperations
internal import LabStore

/// Which results are asked for: those of a box, or the newest, of a day or unanswered alone.
struct ResultsQuestion: Hashable, Sendable {
    let box: String
    let day: CalendarDay?
    let isOpenAlone: Bool
    let after: String

    /// The question that the address asks.
    /// - Throws: `Refusal` for a day that is none.
    init(_ visit: Visit) throws {
        box = normalised(visit.query["box"] ?? "")
        day = try visit.day()
        isOpenAlone = visit.query["open"] != nil
        after = visit.query["after"] ?? ""
    }

    /// The address of the question's first part.
    var path: String {
        let fields = [
            box.isEmpty ? nil : "box=" + encoded(box),
            day.map { "day=\($0)" },
            isOpenAlone ? "open=yes" : nil,
        ].compactMap { $0 }
        return fields.isEmpty ? "/results" : "/results?" + fields.joined(separator: "&")
    }

    /// The part of the list that is shown.
    func part(for visit: Visit) throws -> Part<TubeResult> {
        guard box.isEmpty else {
            // A box is seen whole, as far as boxes go.
            return try visit.laboratory.results(
                box: box, after: after, size: 100, as: visit.handle)
        }
        return try visit.laboratory.newestResults(
            isOpenAlone: isOpenAlone, on: day, after: after, as: visit.handle)
    }
}

extension Visit {
    /// The day that the address names; nil when it names none.
    func day() throws -> CalendarDay? {
        guard let text = query["day"], !text.isEmpty else { return nil }
        guard let day = CalendarDay(text: text) else {
            throw Refusal(
                .badData, "The day is none.", remedy: "Write it such as 2021-08-03.")
        }
        return day
    }
}
