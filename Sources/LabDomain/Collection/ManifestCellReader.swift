/// Reads the cells of manifest rows into values and collects what is wrong with them.
struct ManifestCellReader: Sendable {
    let rules: ManifestRules
    let columns: [Int?]
    private let today: CalendarDay
    private(set) var faults: [ManifestFault] = []

    init(rules: ManifestRules, columns: [Int?]) {
        self.rules = rules
        self.columns = columns
        today = rules.zone.day(of: rules.now)
    }

    mutating func complain(
        _ row: ManifestRow, _ column: ManifestColumn, _ code: ManifestFault.Code
    ) {
        faults.append(ManifestFault(line: row.line, column: column, at: columns, code: code))
    }

    /// The row's tube without people; nil when barcode, kind or time cannot be read.
    mutating func tube(of row: ManifestRow) -> ManifestTube? {
        let id = barcode(row)
        let kind = kindAndCapacity(row)
        let collectedAt = collectionTime(row)
        checkOrigin(row)
        for column in [ManifestColumn.unit, .site, .box, .place] { checkText(row, column) }
        let risk = row[.risk].isEmpty ? .low : RiskClass(written: row[.risk])
        if risk == nil { complain(row, .risk, .riskUnknown) }
        guard let id, let kind, let collectedAt else { return nil }
        return ManifestTube(
            id: id, kind: kind.0, capacity: kind.1, unit: row[.unit], site: row[.site],
            box: normalised(row[.box]), risk: risk ?? .low, place: row[.place],
            collectedAt: collectedAt)
    }

    /// A line names a unit, and those of whoever hands it in are theirs (ACT-4).
    private mutating func checkOrigin(_ row: ManifestRow) {
        if row[.unit].isEmpty {
            complain(row, .unit, .unitMissing)
        } else if let own = rules.scope.unit, row[.unit] != own {
            complain(row, .unit, .otherUnit)
        }
        if let own = rules.scope.site, row[.site] != own { complain(row, .site, .otherSite) }
    }

    /// The row's person; nil when the name or the document cannot be read.
    mutating func person(of row: ManifestRow) -> PersonDetails? {
        if row[.name].isEmpty { complain(row, .name, .nameMissing) }
        checkText(row, .name)
        checkText(row, .address)
        let document = document(row)
        var sex = Sex.unknown
        if !row[.sex].isEmpty {
            if let read = Self.sexes[row[.sex].lowercased()] {
                sex = read
            } else {
                complain(row, .sex, .sexUnknown)
            }
        }
        var born: CalendarDay?
        if !row[.birthDate].isEmpty {
            born = CalendarDay(text: row[.birthDate])
            let isPast = born.map { $0 <= today } ?? false
            if !isPast {
                complain(row, .birthDate, .birthDate)
                born = nil
            }
        }
        if !row[.telephone].isEmpty, !Self.isTelephone(row[.telephone]) {
            complain(row, .telephone, .telephone)
        }
        // Where card and typing disagree, one of them belongs to somebody else.
        if let number = document?.residentNumber {
            if let born, born != number.birthDate { complain(row, .birthDate, .contradicts) }
            if sex != .unknown, sex != number.sex { complain(row, .sex, .contradicts) }
        }
        guard let document, !row[.name].isEmpty else { return nil }
        return PersonDetails(
            name: row[.name], document: document, sex: sex, birthDate: born,
            telephone: row[.telephone], address: row[.address])
    }

    /// A tube of the environment needs a place and names nobody.
    mutating func checkEnvironment(_ row: ManifestRow) {
        if row[.place].isEmpty { complain(row, .place, .placeMissing) }
        for column in [ManifestColumn.name, .documentNumber] where !row[column].isEmpty {
            complain(row, column, .personInEnvironment)
        }
    }

    /// Whether the row says that nobody was swabbed.
    func isEnvironment(_ row: ManifestRow) -> Bool {
        Self.kind(row)?.0 == .environmental
    }

    private mutating func barcode(_ row: ManifestRow) -> TubeID? {
        do {
            return try BarcodeFormat.read(row[.tube], under: rules.formats)
        } catch {
            let code: ManifestFault.Code =
                switch error {
                case .empty: .barcodeMissing
                case .character: .barcodeCharacter
                case .noSuchFormat: .barcodeFormat
                case .checkCharacter: .barcodeCheck
                }
            complain(row, .tube, code)
            return nil
        }
    }

    private mutating func kindAndCapacity(_ row: ManifestRow) -> (TubeKind, Int)? {
        guard let kind = Self.kind(row) else {
            complain(row, .kind, .kindUnknown)
            return nil
        }
        if kind.0 == .mixed, !rules.mixedRatios.contains(where: { $0.rawValue == kind.1 }) {
            complain(row, .kind, .ratioNotAllowed)
        }
        return kind
    }

    private mutating func collectionTime(_ row: ManifestRow) -> Timestamp? {
        let text = row[.collectedAt]
        let narrow = text.utf8.allSatisfy { $0 < 128 } ? text : normalised(text)
        guard let time = rules.zone.instant(from: narrow) else {
            complain(row, .collectedAt, .collectedAt)
            return nil
        }
        if time > rules.now.advanced(by: ManifestRules.tolerance) {
            complain(row, .collectedAt, .collectedInFuture)
        }
        return time
    }

    private mutating func document(_ row: ManifestRow) -> IdentityDocument? {
        guard !row[.documentNumber].isEmpty else {
            complain(row, .documentNumber, .documentMissing)
            return nil
        }
        guard let type = Self.documentType(row[.documentType]) else {
            complain(row, .documentType, .documentType)
            return nil
        }
        do {
            return try IdentityDocument(type: type, number: row[.documentNumber], today: today)
        } catch {
            complain(row, .documentNumber, Self.code(of: error))
            return nil
        }
    }

    private mutating func checkText(_ row: ManifestRow, _ column: ManifestColumn) {
        if !CellText.isPrintable(row[column]) { complain(row, column, .textUnfit) }
    }

    private static func code(of fault: DocumentFault) -> ManifestFault.Code {
        switch fault {
        case .checkCharacter, .resident(.checkCharacter): .documentCheck
        case .resident(.birthDate), .resident(.birthInFuture): .documentDate
        default: .documentNumber
        }
    }

    private static func kind(_ row: ManifestRow) -> (TubeKind, Int)? {
        kinds[row[.kind].lowercased()] ?? kinds[normalised(row[.kind]).lowercased()]
    }

    private static func documentType(_ text: String) -> DocumentType? {
        if text.isEmpty { return .residentID }
        return DocumentType(rawValue: text.lowercased()) ?? documents[text]
    }

    private static func isTelephone(_ text: String) -> Bool {
        let digits = text.utf8.count { isDigit($0) }
        return (5...20).contains(digits) && text.utf8.count <= 40
            && text.utf8.allSatisfy { isDigit($0) || [32, 40, 41, 43, 45].contains($0) }
    }

    private static let documents: [String: DocumentType] = [
        "居民身份证": .residentID, "身份证": .residentID, "护照": .passport,
        "港澳居民来往内地通行证": .hongKongMacaoPermit, "港澳通行证": .hongKongMacaoPermit,
        "台湾居民来往大陆通行证": .taiwanPermit, "台胞证": .taiwanPermit,
        "外国人永久居留身份证": .foreignResidencePermit, "外国人居留证": .foreignResidencePermit,
        "出生医学证明": .birthCertificate, "其他": .other,
    ]

    private static let sexes: [String: Sex] = [
        "male": .male, "m": .male, "男": .male, "female": .female, "f": .female, "女": .female,
        "unknown": .unknown, "u": .unknown, "未知": .unknown,
    ]

    private static let kinds: [String: (TubeKind, Int)] = [
        "1:1": (.single, 1), "single": (.single, 1), "单采": (.single, 1),
        "5:1": (.mixed, 5), "10:1": (.mixed, 10), "20:1": (.mixed, 20),
        "5合1": (.mixed, 5), "10合1": (.mixed, 10), "20合1": (.mixed, 20),
        "environment": (.environmental, 1), "environmental": (.environmental, 1),
        "环境": (.environmental, 1),
    ]
}

extension ManifestFault {
    /// A fault of one cell, worded by its code.
    package init(line: Int, column: ManifestColumn, at columns: [Int?], code: Code) {
        let words = code.words
        self.init(
            line: line, column: columns[column.rawValue], heading: column.heading, code: code,
            message: words.what, remedy: words.remedy)
    }
}
