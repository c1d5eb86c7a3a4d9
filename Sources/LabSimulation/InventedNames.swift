import LabDomain
import LabStatistics

/// Names put together at random.
///
/// Any likeness is the likeness of common names.
enum InventedNames {
    /// A Chinese surname, in rough proportion to how common it is.
    static func surname(using random: inout some RandomNumberGenerator) -> String {
        surnames[random.weightedIndex(shares)].name
    }

    /// A given name of one or, more often, two characters.
    static func given(for sex: Sex, using random: inout some RandomNumberGenerator) -> String {
        let own = sex == .female ? women : men
        let last = own[random.index(below: own.count)]
        guard random.bernoulli(0.8) else { return last }
        let firsts = random.bernoulli(0.5) ? either : own
        return firsts[random.index(below: firsts.count)] + last
    }

    /// A name as the passport of somebody from abroad might have it.
    static func foreign(for sex: Sex, using random: inout some RandomNumberGenerator) -> String {
        let own = sex == .female ? foreignWomen : foreignMen
        let first = own[random.index(below: own.count)]
        return first + " " + foreignSurnames[random.index(below: foreignSurnames.count)]
    }

    private static let shares = surnames.map(\.share)

    // The share of the population in per cent, rounded by hand; rarer ones are a bit too common.
    private static let surnames: [(name: String, share: Double)] = [
        ("王", 7.2), ("李", 7.2), ("张", 6.8), ("刘", 5.4), ("陈", 4.6), ("杨", 3.1), ("黄", 2.4),
        ("赵", 2.1), ("周", 2.0), ("吴", 2.0), ("徐", 1.6), ("孙", 1.5), ("朱", 1.4), ("马", 1.4),
        ("胡", 1.3), ("郭", 1.2), ("林", 1.2), ("何", 1.2), ("高", 1.1), ("罗", 1.0), ("郑", 0.9),
        ("梁", 0.9), ("谢", 0.8), ("宋", 0.8), ("唐", 0.7), ("许", 0.7), ("邓", 0.7), ("韩", 0.7),
        ("冯", 0.7), ("曹", 0.6), ("彭", 0.6), ("曾", 0.6), ("肖", 0.6), ("田", 0.5), ("董", 0.5),
        ("潘", 0.5), ("袁", 0.5), ("蔡", 0.5), ("蒋", 0.5), ("余", 0.5), ("于", 0.5), ("杜", 0.5),
        ("叶", 0.4), ("程", 0.4), ("魏", 0.4), ("苏", 0.4), ("吕", 0.4), ("丁", 0.4), ("任", 0.4),
        ("卢", 0.4), ("姚", 0.4), ("沈", 0.4), ("钟", 0.4), ("姜", 0.4), ("崔", 0.3), ("谭", 0.3),
        ("陆", 0.3), ("范", 0.3), ("汪", 0.3), ("欧阳", 0.1),
    ]

    private static let men = [
        "伟", "强", "军", "勇", "杰", "涛", "磊", "斌", "鹏", "浩", "刚", "辉", "峰", "龙", "波", "健",
        "志", "国", "建", "宇", "俊", "飞",
    ]
    private static let women = [
        "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "秀", "玲", "婷", "雪", "燕", "梅", "莉", "兰",
        "红", "倩", "颖", "琳", "丹", "萍",
    ]
    private static let either = [
        "文", "明", "晓", "小", "海", "春", "玉", "嘉", "子", "雨", "思", "永", "天", "欣", "佳", "家",
    ]

    private static let foreignWomen = ["Anna", "Maria", "Sofia", "Yuki", "Amina", "Clara"]
    private static let foreignMen = ["Jonas", "Pedro", "Ivan", "Kenji", "Omar", "Felix"]
    private static let foreignSurnames = [
        "Weber", "Silva", "Petrov", "Tanaka", "Haddad", "Lindqvist", "Moreau", "Kowalski",
    ]
}
