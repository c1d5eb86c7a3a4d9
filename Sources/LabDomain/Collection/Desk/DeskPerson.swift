/// A person as a sampling desk names them: what was scanned or typed, not checked yet.
package struct DeskPerson: Hashable, Sendable, Codable {
    package let name: String
    /// A word of a manifest's column `document_type`; empty is a resident card.
    package let documentType: String
    package let documentNumber: String
    package let sex: String
    package let birthDate: String
    package let telephone: String
    package let address: String

    /// What was scanned or typed.
    package init(
        name: String, documentType: String = "", documentNumber: String, sex: String = "",
        birthDate: String = "", telephone: String = "", address: String = ""
    ) {
        self.name = name
        self.documentType = documentType
        self.documentNumber = documentNumber
        self.sex = sex
        self.birthDate = birthDate
        self.telephone = telephone
        self.address = address
    }

    /// Reads the person by the rules of manifests.
    /// - Returns: The details, or nil with everything that is wrong with them.
    package func read(
        under rules: ManifestRules
    ) -> (details: PersonDetails?, faults: [ManifestFault.Code]) {
        var cells = [String](repeating: "", count: ManifestColumn.allCases.count)
        for (column, text) in [
            (ManifestColumn.name, name), (.documentType, documentType),
            (.documentNumber, documentNumber), (.sex, sex), (.birthDate, birthDate),
            (.telephone, telephone), (.address, address),
        ] { cells[column.rawValue] = text }
        var reader = ManifestCellReader(
            rules: rules, columns: Array(repeating: nil, count: cells.count))
        let details = reader.person(of: ManifestRow(line: 1, cells: cells))
        let faults = reader.faults.map(\.code)
        return (faults.isEmpty ? details : nil, faults)
    }
}
