import Foundation
import LabDomain
import LabExchange
import LabXML
import Testing

/// Bundles of the samples, read back.
enum FHIRSamples {
    /// The versions that a message can have, with a sample that fits.
    static let versions: [(MessageVersion, String)] = [
        (.first, "single-detected"), (.first, "single-not-detected"),
        (.first, "mixed-tube-not-detected"), (.first, "pool-member-not-detected"),
        (.first, "passport-birth-date-unknown"), (.first, "clia-laboratory-grey-target"),
        (MessageVersion(.corrected, number: 2, releasedAt: later), "single-detected"),
        (MessageVersion(.withdrawn, number: 2, releasedAt: later), "pool-member-not-detected"),
        (MessageVersion(.cancelled(.leaking), releasedAt: later), "single-not-detected"),
        (MessageVersion(.cancelled(.lost), releasedAt: later), "mixed-tube-not-detected"),
        (MessageVersion(.preliminaryPool), "pool-member-not-detected"),
        (MessageVersion(.final, number: 2, pool: pool), "single-detected"),
    ]
    static let later = ReportSamples.morning.advanced(by: .hours(30))
    static let pool = MessageVersion.Pool(id: PoolID("POOL-0007"), size: 5)

    static func bundle(
        _ name: String, _ version: MessageVersion = .first
    ) throws -> FHIRDocument {
        try FHIRDocument(.person(try ReportSamples.named(name)), version)
    }

    static func environment(_ outcome: Outcome = .detected) throws -> ReportedResult {
        let parts = try ReportSamples.report(
            testing: .alone(ReportSamples.readings), outcome: outcome
        ).parts
        return .environment(try EnvironmentalReport(parts, place: "Cold store 3, door handle"))
    }
}

/// A bundle in both encodings.
struct FHIRDocument {
    let xml: [UInt8]
    let json: [UInt8]
    let root: XMLElement

    init(_ result: ReportedResult, _ version: MessageVersion = .first) throws {
        let writer = try BundleWriter()
        xml = try writer.write(result, version, as: .xml)
        json = try writer.write(result, version, as: .json)
        root = try XMLReader.read(xml)
    }

    /// The resources of a type, in their order.
    func resources(_ type: String) -> [XMLElement] {
        root.children("entry").compactMap { $0.child("resource")?.children.first }
            .filter { $0.name == type }
    }

    /// The values at a path of element names below every resource of a type.
    func values(_ type: String, _ path: String) -> [String] {
        resources(type).flatMap { FHIRDocument.values($0, path) }
    }

    static func values(_ element: XMLElement, _ path: String) -> [String] {
        var found = [element]
        for name in path.split(separator: ".") {
            found = found.flatMap { $0.children(String(name)) }
        }
        return found.compactMap { $0.attribute("value") }
    }

    /// Every value of the XML by its path, in order.
    var xmlLeaves: [String] {
        func leaves(_ element: XMLElement, _ path: String) -> [String] {
            let values = element.attributes.map { attribute in
                attribute.name == "value"
                    ? "\(path)=\(attribute.value)" : "\(path).\(attribute.name)=\(attribute.value)"
            }
            return values
                + element.children.flatMap { child in
                    // A resource's element is its type, which JSON says in a member.
                    element.name == "resource"
                        ? ["\(path).resourceType=\(child.name)"] + leaves(child, path)
                        : leaves(child, "\(path).\(child.name)")
                }
        }
        return ["Bundle.resourceType=Bundle"] + leaves(root, "Bundle")
    }

    /// Every value of the JSON by its path.
    var jsonLeaves: [String] {
        get throws {
            func leaves(_ value: Any, _ path: String) -> [String] {
                switch value {
                case let object as [String: Any]:
                    return object.flatMap { name, value in
                        leaves(value, "\(path).\(name.drop { $0 == "_" })")
                    }
                case let list as [Any]: return list.flatMap { leaves($0, path) }
                case let text as String: return ["\(path)=\(text)"]
                // NSNumber hides whether it was a truth; XML has the words.
                case let number as NSNumber
                where path.hasSuffix(".actual")
                    || path.hasSuffix(".active"):
                    return ["\(path)=\(number.boolValue)"]
                case let number as NSNumber:
                    let format = path.hasSuffix("Quantity.value") ? "%.2f" : "%.0f"
                    return ["\(path)=\(String(format: format, number.doubleValue))"]
                default: return ["\(path)=?"]
                }
            }
            return leaves(try JSONSerialization.jsonObject(with: Data(json)), "Bundle")
        }
    }
}
