/// An instant in UTC, in whole milliseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (one: Self, other: Self) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// The instant that lies `span` later (earlier, when it is negative).
    package func advanced(by span: Span) -> Timestamp {
        Timestamp(milliseconds: milliseconds + span.milliseconds)
    }

    /// The time from this instant to `later`; negative when `later` is earlier.
    package func span(to later: Timestamp) -> Span {
        Span(milliseconds: later.milliseconds - milliseconds)
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let key = Self.zone, let zone = encoder.userInfo[key] as? Zone {
            try container.encode(zone.text(self))
        } else {
            try container.encode(milliseconds)
        }
    }

    /// An encoder that carries a `Zone` under this key writes instants as people read them.
    package static let zone = CodingUserInfoKey(rawValue: "swabline.zone")
}

/// A length of time in whole milliseconds.
package struct Span: Hashable, Comparable, Sendable {
    /// The length in milliseconds.
    package let milliseconds: Int64

    /// A length of so many milliseconds.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// A length of so many hours.
    package static func hours(_ hours: Int) -> Span { Span(milliseconds: Int64(hours) * 3_600_000) }

    /// A length of so many minutes.
    package static func minutes(_ minutes: Int) -> Span {
        Span(milliseconds: Int64(minutes) * 60_000)
    }

    /// A length of so many seconds.
    package static func seconds(_ seconds: Int) -> Span {
        Span(milliseconds: Int64(seconds) * 1_000)
    }

    package static func < (one: Self, other: Self) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// The length in hours and minutes as people read it: `7 h 05 min`, `-0 h 12 min`.
    package var text: String {
        let minutes = milliseconds.magnitude / 60_000
        let rest = minutes % 60
        return "\(milliseconds < 0 ? "-" : "")\(minutes / 60) h \(rest < 10 ? "0" : "")\(rest) min"
    }
}

extension Span: Codable {
    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
