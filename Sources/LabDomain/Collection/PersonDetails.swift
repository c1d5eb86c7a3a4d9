/// Sex as documents state it.
package enum Sex: String, CaseIterable, Hashable, Sendable, Codable {
    case male
    case female
    case unknown
}

/// What is known of a person whose specimens are tested.
///
/// It exists in clear only between reading and sealing and where a caller or a report needs it;
/// facts and tables carry a `SealedIdentity` in its place.
package struct PersonDetails: Hashable, Sendable {
    package let name: String
    package let document: IdentityDocument
    package let sex: Sex
    package let birthDate: CalendarDay?
    package let telephone: String
    package let address: String

    /// Details; sex and birth date of a resident number win over what was typed beside it.
    package init(
        name: String, document: IdentityDocument, sex: Sex, birthDate: CalendarDay?,
        telephone: String, address: String
    ) {
        self.name = name
        self.document = document
        self.sex = document.residentNumber?.sex ?? sex
        self.birthDate = document.residentNumber?.birthDate ?? birthDate
        self.telephone = telephone
        self.address = address
    }
}

extension PersonDetails {
    /// These details, with telephone and address from `known` where they are blank.
    package func filled(from known: PersonDetails) -> PersonDetails {
        PersonDetails(
            name: name, document: document, sex: sex, birthDate: birthDate,
            telephone: telephone.isEmpty ? known.telephone : telephone,
            address: address.isEmpty ? known.address : address)
    }
}

extension PersonDetails {
    private static let layout: UInt8 = 1

    /// The details as bytes to be sealed: a layout number, then fields with their lengths, each
    /// under 65,536 bytes.
    package var packed: [UInt8] {
        var bytes = [Self.layout]
        bytes.reserveCapacity(160)
        let born = birthDate.map(\.description) ?? ""
        for field in [
            name, document.type.rawValue, document.number, sex.rawValue, born, telephone, address,
        ] {
            let utf8 = field.utf8
            precondition(utf8.count <= 65_535, "Whoever reads a person limits every text.")
            bytes.append(UInt8(utf8.count >> 8 & 255))
            bytes.append(UInt8(utf8.count & 255))
            bytes.append(contentsOf: utf8)
        }
        return bytes
    }

    /// Reads what `packed` wrote; nil when the bytes are something else.
    package init?(packed bytes: [UInt8]) {
        guard bytes.first == Self.layout else { return nil }
        var fields: [String] = []
        var position = 1
        while position + 2 <= bytes.count {
            let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
            guard position + 2 + length <= bytes.count else { return nil }
            let field = bytes[(position + 2)..<(position + 2 + length)]
            fields.append(String(decoding: field, as: UTF8.self))
            position += 2 + length
        }
        guard fields.count == 7, position == bytes.count,
            let type = DocumentType(rawValue: fields[1]),
            let document = try? IdentityDocument(type: type, number: fields[2]),
            let sex = Sex(rawValue: fields[3])
        else { return nil }
        self.init(
            name: fields[0], document: document, sex: sex,
            birthDate: CalendarDay(text: fields[4]), telephone: fields[5], address: fields[6])
    }
}

/// A person's details as facts and tables carry them: sealed, with keyed tokens for look-up.
///
/// Only the holder of the laboratory's key can open the details or make a token.
package struct SealedIdentity: Hashable, Sendable, Codable {
    /// `PersonDetails.packed`, sealed for this person alone.
    package let details: Bytes
    /// Keyed tokens: equal texts give equal tokens, and nothing else can be learned from them.
    package let document: Bytes
    package let name: Bytes
    package let telephone: Bytes?
    package let address: Bytes?

    /// Takes what the vault made.
    package init(details: Bytes, document: Bytes, name: Bytes, telephone: Bytes?, address: Bytes?) {
        self.details = details
        self.document = document
        self.name = name
        self.telephone = telephone
        self.address = address
    }
}
