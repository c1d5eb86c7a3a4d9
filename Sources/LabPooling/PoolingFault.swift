/// Why a question about pools has no answer; it names the field that is wrong.
package enum PoolingFault: Error, Hashable, Sendable {
    /// A probability outside 0 ... 1, or no number.
    case probability(field: String)
    /// A number outside the range that the field has.
    case range(field: String, from: Double, to: Double)
    /// Nobody to pool.
    case empty(field: String)
    /// Pool sizes that do not nest: each pool is cut into smaller ones that fill it.
    case nesting(String)
    /// A text that describes no scheme.
    case notation(String)
    /// As many accuracies as stages are needed, or one for all.
    case stages(needed: Int, given: Int)
    /// A question outside the model.
    case beyond(String)

    static func check(_ probability: Double, named field: String) throws(PoolingFault) {
        guard probability >= 0, probability <= 1 else { throw .probability(field: field) }
    }
}

extension PoolingFault: CustomStringConvertible {
    /// What is wrong and what to do, in a sentence.
    package var description: String {
        switch self {
        case .probability(let field): "\(field) is no probability: give a number from 0 to 1"
        case .range(let field, let from, .infinity):
            "\(field) must be at least \(Self.text(from))"
        case .range(let field, let from, let to):
            "\(field) must lie between \(Self.text(from)) and \(Self.text(to))"
        case .empty(let field): "\(field) is empty: name at least one"
        case .nesting(let why): "the pool sizes do not nest: \(why)"
        case .notation(let why): "the scheme cannot be read: \(why)"
        case .stages(let needed, let given):
            needed == 1
                ? "the scheme takes one accuracy for all its tests, and \(given) are given"
                : "the scheme has \(needed) stages and \(given) accuracies are given: "
                    + "give one for each stage, or one for all"
        case .beyond(let why): why
        }
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }
}
