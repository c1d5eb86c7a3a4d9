import Glibc

/// The measures of a case by name; some names carry a number, as `Wq_p99` or `P(Wq>0.5)`.
package struct QueueMeasures: ExpressibleByDictionaryLiteral {
    /// How a measure is found from its name.
    package enum Measure {
        /// The name is all.
        case value(Double)
        /// The name ends with the digits of a quantile; the function gets the share above it.
        case quantile((Double) -> Double)
        /// The name ends with a time and a bracket.
        case at((Double) -> Double)
        /// The name ends with a number of services, as `5D)`, and a bracket.
        case atServices((Double) -> Double)
        /// The name begins so, however it is spelt further.
        case spelt(Double)
        /// The name ends with a time and `min`.
        case minutes((Double) -> Double)
    }

    private var measures: [String: Measure]

    /// Measures by name, or by the beginning of the name.
    package init(dictionaryLiteral elements: (String, Measure)...) {
        measures = Dictionary(elements) { _, last in last }
    }

    mutating func add(_ name: String, _ value: Double) { measures[name] = .value(value) }
    mutating func add(_ stem: String, _ measure: Measure) { measures[stem] = measure }

    /// The value of a measure, or nil where the family has none of that name.
    package subscript(_ name: String) -> Double? {
        if case .value(let value)? = measures[name] { return value }
        for (stem, measure) in measures where name.hasPrefix(stem) {
            let rest = String(name.dropFirst(stem.count))
            switch measure {
            case .value: continue
            case .spelt(let value): return value
            case .quantile(let function):
                if let tail = Self.tail(rest) { return function(tail) }
            case .at(let function):
                if let time = Self.bracketed(rest) { return function(time) }
            case .minutes(let function):
                guard rest.hasSuffix("min"), let time = Double(rest.dropLast(3)) else { continue }
                return function(time)
            case .atServices(let function):
                guard rest.hasSuffix("D)") else { continue }
                let count = String(rest.dropLast(2))
                if let number = count.isEmpty ? 1 : Double(count) { return function(number) }
            }
        }
        return nil
    }

    /// The share above a quantile: `99` leaves 1 in 100, `999` 1 in 1,000.
    static func tail(_ digits: String) -> Double? {
        guard let number = Int(digits), number > 0, digits.count <= 9 else { return nil }
        let all = pow(10, Double(digits.count))
        return (all - Double(number)) / all
    }

    static func bracketed(_ text: String) -> Double? {
        text.hasSuffix(")") ? Double(text.dropLast()) : nil
    }
}

// Named so that formulas can be written in one line without the C library in each file.
func logarithm(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }
