import LabStatistics

/// One queue of a table of closed forms: its family and its parameters, as text.
package struct QueueCase: Sendable, Hashable {
    /// The name of the family, such as `M/M/c`.
    package let family: String
    /// `key=value;…`, the values as they were written.
    package let parameters: String
    private let values: [String: String]

    /// A case of a table.
    package init(family: String, parameters: String) {
        (self.family, self.parameters) = (family, parameters)
        var values: [String: String] = [:]
        for part in parameters.split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            values[String(halves[0]).trimmed] = String(halves[1]).trimmed
        }
        self.values = values
    }

    func text(_ key: String) throws -> String {
        guard let text = values[key] else { throw QueueFault.missing(key) }
        return text
    }

    func number(_ key: String) throws -> Double {
        guard let number = Double(try text(key)), number.isFinite else {
            throw QueueFault.unreadable(key)
        }
        return number
    }

    /// A number above zero.
    func positive(_ key: String) throws -> Double {
        let number = try number(key)
        guard number > 0 else { throw QueueFault.unreadable(key) }
        return number
    }

    /// A number above zero, or a usual one where the case does not say.
    func positive(_ key: String, else usual: Double) throws -> Double {
        values[key] == nil ? usual : try positive(key)
    }

    func whole(_ key: String) throws -> Int {
        let number = try number(key)
        guard number >= 0, number == number.rounded(), number < 1e7 else {
            throw QueueFault.unreadable(key)
        }
        return Int(number)
    }

    func count(_ key: String) throws -> Int {
        let number = try whole(key)
        guard number >= 1 else { throw QueueFault.unreadable(key) }
        return number
    }

    /// Numbers joined by slashes.
    func list(_ key: String) throws -> [Double] {
        try text(key).split(separator: "/").map { part in
            guard let number = Double(String(part).trimmed), number >= 0 else {
                throw QueueFault.unreadable(key)
            }
            return number
        }
    }

    /// A law of service times, such as `uniform(4|8)` or `exp:5`.
    func service(_ key: String) throws -> ServiceLaw {
        guard let law = ServiceLaw(text: try text(key)) else { throw QueueFault.unreadable(key) }
        return law
    }
}

/// Why a row of a table cannot be computed.
package enum QueueFault: Error, Hashable, Sendable {
    /// The parameter is not there.
    case missing(String)
    /// The parameter is no number, or not one that it may be.
    case unreadable(String)
    /// The queue grows without end.
    case unstable
    /// The family is not known.
    case family
    /// The family has no such measure.
    case measure
}

extension String {
    var trimmed: String {
        var rest = self[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension ServiceLaw {
    /// Reads `uniform(4|8)`, `gamma(shape=0.5|mean=2)`, `hyperexp(p=0.9:mean1|0.1:mean11)`,
    /// `det:5`, `exp:5`; a mean after the bracket, as in `uniform(4|8):6`, says nothing new.
    init?(text: String) {
        guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
            open < close
        else {
            let halves = text.split(separator: ":")
            guard halves.count == 2, let mean = Double(halves[1]), mean > 0 else { return nil }
            switch halves[0] {
            case "det": self = .fixed(mean)
            case "exp": self = .exponential(mean: mean)
            default: return nil
            }
            return
        }
        let name = text[..<open]
        let parts = text[text.index(after: open)..<close].split(separator: "|").map(String.init)
        let numbers = parts.compactMap { Double($0.split(separator: "=").last ?? "") }
        self.init(name: String(name), numbers: numbers, parts: parts)
    }

    private init?(name: String, numbers: [Double], parts: [String]) {
        let isWhole = numbers.count == parts.count && numbers.allSatisfy { $0 >= 0 }
        let values = isWhole ? numbers : []
        switch (name, values.count) {
        case ("uniform", 2) where values[0] <= values[1]: self = .uniform(values[0], values[1])
        case ("erlang", 2) where values[0] > 0, ("gamma", 2) where values[0] > 0:
            self = .gamma(shape: values[0], mean: values[1])
        case ("lognormal", 2): self = .lognormal(mean: values[0], cv: values[1])
        case ("triangular", 3) where values == values.sorted():
            self = .triangular(least: values[0], mode: values[1], most: values[2])
        case ("exp", 1), ("exponential", 1): self = .exponential(mean: values[0])
        case ("det", 1), ("deterministic", 1): self = .fixed(values[0])
        case ("hyperexp", _):
            guard let branches = Self.branches(parts) else { return nil }
            self = .mixed(branches)
        case ("two-point", _), ("discrete", _):
            guard let branches = Self.branches(parts) else { return nil }
            self = .discrete(branches)
        default: return nil
        }
        guard mean > 0 else { return nil }
    }

    private static func branches(_ parts: [String]) -> [Branch]? {
        let branches = parts.compactMap { part -> Branch? in
            let halves = part.split(separator: ":").map { half in
                half.drop { !$0.isNumber && $0 != "." }
            }
            guard halves.count == 2, let chance = Double(halves[0]), let value = Double(halves[1])
            else { return nil }
            return Branch(chance: chance, value: value)
        }
        let sum = branches.reduce(0) { $0 + $1.chance }
        return branches.count == parts.count && abs(sum - 1) < 1e-9 ? branches : nil
    }
}
