/// How one supplier writes the barcodes of its tubes: a pattern, a length, a check rule.
package struct BarcodeFormat: Hashable, Sendable, Codable {
    /// The characters that may follow the prefix.
    package enum Alphabet: String, CaseIterable, Sendable, Codable {
        case digits
        case alphanumeric
    }

    /// How the last character proves the others.
    package enum CheckRule: String, CaseIterable, Sendable, Codable {
        case none
        case mod11Two = "mod_11_2"
        case mod37Thirtysix = "mod_37_36"
        case luhn
    }

    /// The supplier, as the laboratory calls it.
    package let supplier: String
    /// Capital letters or digits with which every code begins; may be empty.
    package let prefix: String
    /// The length of the whole code, prefix and check character included.
    package let length: Int
    package let alphabet: Alphabet
    package let check: CheckRule

    /// A format; `length` counts prefix and check character.
    package init(
        supplier: String, prefix: String, length: Int, alphabet: Alphabet, check: CheckRule
    ) {
        self.supplier = supplier
        self.prefix = prefix
        self.length = length
        self.alphabet = alphabet
        self.check = check
    }
}

/// Why a scan is not a barcode of any known supplier, in the order of the checks.
package enum BarcodeFault: Error, Hashable, Sendable {
    case empty
    case character
    case noSuchFormat(length: Int)
    case checkCharacter(supplier: String)
}

extension BarcodeFormat {
    /// Reads a scan or a typed code under the formats of the laboratory's suppliers.
    ///
    /// Case, blanks around the code and full-width characters of a Chinese input method are
    /// normalised; nothing else is repaired.
    /// - Throws: the first check that failed for the format that came closest.
    package static func read(
        _ scan: String, under formats: [BarcodeFormat]
    ) throws(BarcodeFault) -> TubeID {
        let text = normalised(scan)
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.allSatisfy({ isCapital($0) || isDigit($0) || $0 == 45 }) else {
            throw .character
        }
        var failedCheck: String?
        for format in formats where format.hasShape(bytes) {
            if format.provesItself(bytes) { return TubeID(text) }
            failedCheck = failedCheck ?? format.supplier
        }
        if let supplier = failedCheck { throw .checkCharacter(supplier: supplier) }
        throw .noSuchFormat(length: bytes.count)
    }

    private func hasShape(_ code: [UInt8]) -> Bool {
        guard code.count == length, code.starts(with: prefix.utf8) else { return false }
        return code.dropFirst(prefix.utf8.count).enumerated().allSatisfy { index, byte in
            let isCheck = index == length - prefix.utf8.count - 1 && check == .mod11Two
            return isDigit(byte) || (alphabet == .alphanumeric && isCapital(byte))
                || (isCheck && byte == 88)
        }
    }

    private func provesItself(_ code: [UInt8]) -> Bool {
        switch check {
        case .none: true
        case .mod11Two: CheckCharacter.mod11Two.verifies(code)
        case .mod37Thirtysix: CheckCharacter.mod37Thirtysix.verifies(code)
        case .luhn: hasLuhnSum(code)
        }
    }
}

/// Blanks around it removed, capitals, and ASCII for full-width characters.
package func normalised(_ scan: String) -> String {
    if scan.utf8.allSatisfy({ isCapital($0) || isDigit($0) || $0 == 45 }) { return scan }
    var text = ""
    for scalar in scan.unicodeScalars {
        switch scalar.value {
        case 0x20, 0x09, 0x0D, 0x0A, 0x3000, 0xA0, 0xFEFF, 0x200B: text.unicodeScalars.append(" ")
        case 0xFF01...0xFF5E:
            if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) {
                text.unicodeScalars.append(narrow)
            }
        default: text.unicodeScalars.append(scalar)
        }
    }
    let scalars = text.unicodeScalars.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    // Latin letters alone become capitals: `uppercased()` would make SS of a German sharp s.
    let capitals = scalars.map { Unicode.Scalar(isSmall($0) ? $0.value - 32 : $0.value) ?? $0 }
    return String(String.UnicodeScalarView(capitals))
}

private func isSmall(_ scalar: Unicode.Scalar) -> Bool { (97...122).contains(scalar.value) }

private func hasLuhnSum(_ code: [UInt8]) -> Bool {
    var sum = 0
    for (place, byte) in code.reversed().enumerated() where isDigit(byte) {
        let digit = Int(byte - 48) * (place.isMultiple(of: 2) ? 1 : 2)
        sum += digit > 9 ? digit - 9 : digit
    }
    return sum.isMultiple(of: 10)
}

func isCapital(_ byte: UInt8) -> Bool { (65...90).contains(byte) }

func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
