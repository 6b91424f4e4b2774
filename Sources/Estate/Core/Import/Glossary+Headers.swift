extension Glossary {
    /// The names that columns of files have for a key, besides its label: those of property offices, accounting programs
    /// and banks. What means this only in files of one kind stands at the ``ImportKind``.
    static let headers: [String: [String]] = [
        "area": ["建筑面积", "房屋面积", "计费面积", "收费面积", "产权面积", "面积㎡", "面积m2"],
        "due": [
            "到期日期", "缴费截止日", "缴费截止日期", "截止日", "截止日期", "应缴日期", "应交日期", "缴费期限", "最后缴费日",
        ],
        "item": ["收费项", "费用名称", "费用项目", "费用类型", "费项", "收费名称", "款项", "科目"],
        "method": ["支付方式", "收款方式", "缴费方式", "交费方式", "结算方式", "收费方式"],
        "name": ["名字", "住户姓名", "住户", "客户姓名", "客户名称", "人员姓名", "姓名/名称"],
        "period": ["所属账期", "账单月份", "费用月份", "所属月份", "收费月份", "计费月份", "月份", "费用期间", "计费周期", "所属期"],
        "phone": [
            "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "移动电话", "联系手机", "tel", "mobile", "telephone",
        ],
        "plate": ["车牌号", "车牌号码", "车号", "牌照", "牌照号"],
        "role": ["与业主关系", "住户类型", "人员类型", "住户身份", "关系", "客户类型"],
        "unit": [
            "房间号", "房间", "户号", "房屋编号", "房屋", "单元房号", "室号", "门牌号", "房产", "房间编号", "单元号", "单元",
            "房源", "所属房屋", "房号/车位", "room",
        ],
    ]
}
