internal import LabDomain
internal import LabStore

/// The seven stretches of a sample's way that laboratories look at.
package enum TurnaroundSegment: String, CaseIterable, Codable, Sendable {
    case requestToCollection = "request-to-collection"
    case collectionToReceipt = "collection-to-receipt"
    case receiptToTest = "receipt-to-test"
    case receiptToResult = "receipt-to-result"
    case receiptToValidation = "receipt-to-validation"
    case resultToValidation = "result-to-validation"
    /// From the request, or the collection where nobody asked before, to the validated result.
    case overall

    /// Start and end of a tube's segment, nil where one of them is missing.
    func span(of times: TubeTimes) -> (start: Timestamp, end: Timestamp)? {
        // A manifest that came after the swab asked for nothing beforehand.
        let requested = times.requested <= times.collected ? times.requested : nil
        let ends: (Timestamp?, Timestamp?) =
            switch self {
            case .requestToCollection: (requested, times.collected)
            case .collectionToReceipt: (times.collected, times.received)
            case .receiptToTest: (times.received, times.tested)
            case .receiptToResult: (times.received, times.result)
            case .receiptToValidation: (times.received, times.validated)
            case .resultToValidation: (times.result, times.validated)
            case .overall: (requested ?? times.collected, times.validated)
            }
        guard let start = ends.0, let end = ends.1 else { return nil }
        return (start, end)
    }
}

/// The part of each day in which somebody works, as minutes after midnight.
package struct StaffedHours: Hashable, Codable, Sendable {
    package let opens: Int
    package let closes: Int

    /// Around the clock.
    package static let always = StaffedHours(opens: 0, closes: 1_440)

    /// Hours of a day; the closing must lie behind the opening.
    package init(opens: Int, closes: Int) { (self.opens, self.closes) = (opens, closes) }

    /// Hours as `08:00-20:00`, or nil when the text is none.
    package init?(text: String) {
        let ends = text.split(separator: "-").map { $0.split(separator: ":").map { Int($0) } }
        guard ends.count == 2, ends.allSatisfy({ $0.count == 2 }),
            let h1 = ends[0][0], let m1 = ends[0][1], let h2 = ends[1][0], let m2 = ends[1][1],
            (0...24).contains(h1), (0...24).contains(h2), (0..<60).contains(m1),
            (0..<60).contains(m2), 60 * h1 + m1 < 60 * h2 + m2, 60 * h2 + m2 <= 1_440
        else { return nil }
        self.init(opens: 60 * h1 + m1, closes: 60 * h2 + m2)
    }

    /// Staffed minutes between two instants; negative when the end lies before the start.
    func minutes(from start: Timestamp, to end: Timestamp, zone: Zone) -> Double {
        if self == .always { return Double(start.span(to: end).milliseconds) / 60_000 }
        if end < start { return -minutes(from: end, to: start, zone: zone) }
        return staffed(until: end, zone) - staffed(until: start, zone)
    }

    /// Whether an instant lies in the staffed hours.
    func hold(_ instant: Timestamp, zone: Zone) -> Bool {
        let minute = Self.local(instant, zone).minute
        return Double(opens) <= minute && minute < Double(closes)
    }

    /// Staffed minutes since the first day.
    private func staffed(until instant: Timestamp, _ zone: Zone) -> Double {
        let (day, minute) = Self.local(instant, zone)
        let today = min(max(minute - Double(opens), 0), Double(closes - opens))
        return Double(day) * Double(closes - opens) + today
    }

    private static func local(_ instant: Timestamp, _ zone: Zone) -> (day: Int64, minute: Double) {
        let local = instant.milliseconds + Int64(zone.minutesEast) * 60_000
        let day = (local >= 0 ? local : local - 86_399_999) / 86_400_000
        return (day, Double(local - day * 86_400_000) / 60_000)
    }
}
