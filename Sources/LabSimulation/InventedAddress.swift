/// A flat in a housing compound that does not exist, in a county of Jingdezhen that does.
package struct InventedAddress: Hashable, Sendable {
    /// The county or district, with province and city.
    package let district: String
    /// The housing compound.
    package let compound: String
    /// The building, from 1.
    package let building: Int
    /// The staircase, from 1.
    package let unit: Int
    /// Floor and door: 302 is the second door of the third floor.
    package let room: Int

    /// The address as Chinese forms have it, from large to small.
    package var text: String {
        "\(district)\(compound)\(building)栋\(unit)单元\(room)室"
    }

    /// Buildings 1 to 10 of three units and six floors of two flats: 360 households.
    private static let flats = (buildings: 10, units: 3, floors: 6, rooms: 2)

    /// The address of a household: one fills a compound after the other, flat by flat.
    /// - Parameter household: Counted from 0; each has its own address.
    init(household: Int) {
        var rest = household
        func digit(_ base: Int) -> Int {
            defer { rest /= base }
            return rest % base
        }
        let door = digit(Self.flats.rooms) + 1
        room = (digit(Self.flats.floors) + 1) * 100 + door
        unit = digit(Self.flats.units) + 1
        building = digit(Self.flats.buildings) + 1
        district = Self.districts[digit(Self.districts.count)]
        let first = Self.firstWords[digit(Self.firstWords.count)]
        let second = Self.secondWords[digit(Self.secondWords.count)]
        let kind = Self.kinds[digit(Self.kinds.count)]
        // When every name is used, the compounds grow by phases.
        compound = first + second + kind + (rest == 0 ? "" : "\(rest + 1)期")
    }

    private static let districts = [
        "江西省景德镇市珠山区", "江西省景德镇市昌江区", "江西省景德镇市乐平市",
        "江西省景德镇市浮梁县",
    ]
    private static let firstWords = [
        "青花", "白釉", "粉彩", "霁蓝", "窑火", "高岭", "泥坯", "釉里", "瓷韵", "陶然", "匣钵", "影青",
    ]
    private static let secondWords = ["云庭", "和景", "新语", "安和", "听泉", "望月", "春晓", "秋实"]
    private static let kinds = ["苑", "花园", "小区", "家园"]
}
