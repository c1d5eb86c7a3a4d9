package import LabDomain
internal import LabProgramme

/// An assay in a list.
package struct AssayEntry: Codable, Sendable {
    package let name: String
    /// Which of the laboratory's kits it is; nil for one that only comes with the product.
    package let kit: KitRole?
    package let targets: [String]
    package let lots: [String]
    /// The sizes of pools for which it is validated; nil when nobody said.
    package let poolSizes: [Int]?
}

extension Laboratory {
    /// The laboratory's assays.
    package func assays(as handle: String) throws -> [AssayEntry] {
        try look(.seeWork, as: handle) { view in
            let settings = try rules(in: view).settings
            return KitRole.allCases.compactMap { kit in
                settings.assays[kit].map { assay in
                    AssayEntry(assay, settings.kits[kit] ?? Kit(), as: kit)
                }
            }
        }
    }

    /// The assays that come with the product.
    package static func readyAssays() throws -> [AssayEntry] {
        try ReadyAssay.allCases.map { ready in
            let read = try AssaySettings(ready, kit: .first)
            return AssayEntry(read.assay, read.kit, as: nil)
        }
    }

    /// The YAML of an assay that comes with the product.
    package static func readyAssay(_ name: String) throws -> String {
        guard let ready = ReadyAssay(rawValue: name) else {
            let names = ReadyAssay.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                .unknown, "No assay of this name comes with the program.",
                remedy: "Name one of: \(names).")
        }
        return try ready.text()
    }

    /// An assay's own file, read and checked.
    /// - Throws: `SettingsFaults` with everything that is wrong and where.
    package static func checkAssay(_ text: String, file: String) throws -> AssayEntry {
        let read = try AssaySettings(text, file: file)
        return AssayEntry(read.assay, read.kit, as: nil)
    }
}

extension AssayEntry {
    fileprivate init(_ assay: Assay, _ kit: Kit, as role: KitRole?) {
        self.init(
            name: assay.name, kit: role, targets: assay.channels,
            lots: kit.lots.map { "\($0.number)/\($0.expires)" }, poolSizes: kit.poolSizes)
    }
}
