internal import Foundation
internal import LabDomain
internal import LabOperations

extension PoolWishes {
    /// What the address of the page asks for; what cannot be read is not asked, and
    /// `unreadable` says so.
    init(_ query: Fields) {
        self.init(
            scheme: query["scheme"].flatMap(PoolScheme.init(text:)),
            prevalence: Self.typed(query).compactMapValues(Self.share))
    }

    /// What stands in the field of each class that has something in it.
    static func typed(_ query: Fields) -> [RiskClass: String] {
        RiskClass.allCases.reduce(into: [:]) { typed, risk in
            let text = query[risk.rawValue] ?? ""
            if !text.isEmpty { typed[risk] = String(text.prefix(8)) }
        }
    }

    /// A share out of a text in per cent; nil when it is no number from 0 to 100.
    static func share(_ text: String) -> Double? {
        guard let percent = Double(text.filter { $0 != "%" && $0 != " " }),
            (0...100).contains(percent)
        else { return nil }
        return percent / 100
    }

    /// The classes for which something stands in the field that is no share.
    static func unreadable(_ query: Fields) -> [RiskClass: String] {
        typed(query).filter { share($0.value) == nil }
    }

    /// The address that asks for the same.
    var path: String {
        var asked: [String] = []
        if let scheme { asked.append("scheme=" + encoded(scheme.description)) }
        for (risk, share) in prevalence.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            asked.append("\(risk.rawValue)=" + Self.percent(share))
        }
        return "/pools/plan" + (asked.isEmpty ? "" : "?" + asked.joined(separator: "&"))
    }

    /// A share in per cent as it is typed.
    static func percent(_ share: Double) -> String {
        let text = String(format: "%.6f", share * 100)
        return text.replacing(#/\.?0+$/#, with: "")
    }
}
