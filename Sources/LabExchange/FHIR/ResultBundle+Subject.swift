internal import LabDomain

extension ResultBundle {
    /// Whom or what the result is about, and the people who share the specimen.
    var subjects: [(ResourceName, FHIRObject)] {
        let subject = result.person.map(patient) ?? location
        return [(.subject, subject)] + (people.map { [(.group, group(of: $0))] } ?? [])
    }

    /// The text that the subject's identifier follows from.
    var subjectName: String {
        result.person.map { "Patient/\($0.id)" } ?? "Location/\(result.place ?? "")"
    }

    /// How many people a mixed tube or laboratory pool is of; nil for a specimen of one's own.
    private var people: Int? {
        if case .mixedTube(let people) = parts.specimen.testing { return people }
        return pool?.size
    }

    /// The laboratory pool that the message speaks of.
    var pool: MessageVersion.Pool? {
        if let pool = version.pool { return pool }
        if case .cancelled = version.status { return nil }
        guard case .laboratoryPool(let id, let size) = parts.specimen.testing else { return nil }
        return MessageVersion.Pool(id: id, size: size)
    }

    /// Patient, with the name as one text: where a Chinese surname ends cannot be told from the
    /// characters alone.
    private func patient(_ person: Report.Person) -> FHIRObject {
        let details = person.details
        let laboratory = parts.laboratory
        let code = DocumentCode(details.document, laboratory: laboratory)
        let use = TelephoneNumber(details.telephone).isMobile ? "mobile" : "home"
        return make(
            "Patient", .subject,
            [
                "identifier": [
                    .identifier(
                        person.id.text, oid: laboratory.oid,
                        type: ("PI", "Patient internal identifier")),
                    .identifier(
                        details.document.number, oid: code.authority.oid,
                        type: (code.type, code.words)),
                ],
                "name": [["use": "official", "text": .text(details.name)]],
                "telecom": FHIRObject.telephone(details.telephone, use: use),
                "gender": .text(details.sex.rawValue),
                "birthDate": details.birthDate.map { .text($0.description) } ?? .absent("unknown"),
                "address": FHIRObject.address(
                    [details.address], country: laboratory.country, use: "home"),
            ])
    }

    /// Location, where a swab of the environment was taken.
    private var location: FHIRObject {
        make("Location", .subject, ["status": "active", "name": .text(result.place ?? "")])
    }

    /// Group of those who share a specimen: their number, and of the members this one alone.
    private func group(of people: Int) -> FHIRObject {
        make(
            "Group", .group,
            [
                "type": "person", "actual": .boolean(true), "quantity": .number("\(people)"),
                "member": [["entity": .object(reference(.subject))]],
            ])
    }
}

extension DocumentCode {
    /// The words of table 0203.
    var words: String {
        switch type {
        case "NNCHN": "National Person Identifier CHN"
        case "PPN": "Passport number"
        case "PRC": "Permanent Resident Card Number"
        case "BR": "Birth registry number"
        default: "Unspecified identifier"
        }
    }
}
