internal import LabDomain

/// JSON written straight into bytes, byte for byte as `JSONEncoder` would write it.
///
/// The fact of a registered tube is large and frequent, and the encoder takes ten times as long.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func raw(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(
                start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func number(_ number: Int64) { bytes.append(contentsOf: String(number).utf8) }

    mutating func base64(_ value: Bytes) {
        bytes.append(0x22)
        value.appendBase64(to: &bytes)
        bytes.append(0x22)
    }

    mutating func string(_ text: String) {
        var text = text
        bytes.append(0x22)
        text.withUTF8 { utf8 in
            if utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
                bytes.append(contentsOf: utf8)
            } else {
                for byte in utf8 { escape(byte) }
            }
        }
        bytes.append(0x22)
    }

    mutating func list<Element>(
        _ elements: [Element], _ write: (inout JSONText, Element) -> Void
    ) {
        bytes.append(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            write(&self, element)
        }
        bytes.append(0x5D)
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: raw("\\\"")
        case 0x5C: raw("\\\\")
        case 0x08: raw("\\b")
        case 0x0C: raw("\\f")
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        case 0..<0x20:
            raw("\\u00")
            for digit in [byte >> 4, byte & 15] {
                bytes.append(digit < 10 ? digit + 48 : digit + 87)
            }
        default: bytes.append(byte)
        }
    }
}

extension TubeRegistered {
    /// The payload as JSON with sorted keys.
    var json: [UInt8] {
        var text = JSONText(capacity: 400 + people.count * 640)
        text.raw("{\"box\":")
        text.string(box.text)
        text.raw(",\"collectedAt\":")
        text.number(collectedAt.milliseconds)
        text.raw(",\"manifest\":")
        text.string(manifest.text)
        text.raw(",\"people\":")
        text.list(people) { $0.person($1) }
        text.raw(",\"risk\":")
        text.string(risk.rawValue)
        text.raw(",\"site\":")
        text.string(site)
        text.raw(",\"tube\":")
        text.tube(tube)
        text.raw(",\"unit\":")
        text.string(unit)
        text.raw("}")
        return text.bytes
    }
}

extension JSONText {
    fileprivate mutating func person(_ person: RegisteredPerson) {
        let identity = person.identity
        raw("{\"id\":")
        string(person.id.text)
        raw(",\"identity\":{")
        if let address = identity.address {
            raw("\"address\":")
            base64(address)
            raw(",")
        }
        raw("\"details\":")
        base64(identity.details)
        raw(",\"document\":")
        base64(identity.document)
        raw(",\"name\":")
        base64(identity.name)
        if let telephone = identity.telephone {
            raw(",\"telephone\":")
            base64(telephone)
        }
        raw("}}")
    }

    fileprivate mutating func tube(_ tube: CollectedTube) {
        switch tube {
        case .single(let single):
            raw("{\"single\":{\"_0\":{\"id\":")
            string(single.id.text)
            raw(",\"person\":")
            string(single.person.text)
        case .mixed(let mixed):
            raw("{\"mixed\":{\"_0\":{\"id\":")
            string(mixed.id.text)
            raw(",\"members\":")
            list(mixed.members) { $0.string($1.text) }
            raw(",\"ratio\":")
            number(Int64(mixed.ratio.rawValue))
        case .environmental(let environmental):
            raw("{\"environmental\":{\"_0\":{\"id\":")
            string(environmental.id.text)
            raw(",\"place\":")
            string(environmental.place)
        }
        raw("}}}")
    }
}
