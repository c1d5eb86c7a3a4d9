package import LabWording

/// A sentence that can be said in more than one language.
///
/// Readers of settings, a floor below, say theirs in it too.
package typealias Wording = LabWording.Wording

extension Wording {
    /// Two wordings, one after the other.
    package static func + (first: Wording, second: Wording) -> Wording {
        Wording(parts: first.parts + second.parts)
    }

    /// Says more.
    package static func += (wording: inout Wording, more: Wording) {
        wording = wording + more
    }
}

extension Sequence where Element == Wording {
    /// The wordings one after the other, with `separator` between them.
    package func joined(separator: Wording) -> Wording {
        var joined: Wording?
        for wording in self { joined = joined.map { $0 + separator + wording } ?? wording }
        return joined ?? ""
    }
}
