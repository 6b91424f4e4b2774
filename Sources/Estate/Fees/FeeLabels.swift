/// The words of bills, payments and tariffs.
extension Label {
    static let bill = Label("账单", en: "Bill")
    static let fee = Label("收费项目", en: "Item")
    static let dueDate = Label("到期日", en: "Due")
    static let how = Label("算法", en: "How it came about")
    static let basis = Label("计费方式", en: "Basis")
    static let rate = Label("单价", en: "Rate")
    static let nature = Label("费用性质", en: "Nature")
    /// Who owes by a tariff.
    static let payer = Label("承担人", en: "Who owes")
    static let firstDay = Label("起", en: "From")
    static let lastDay = Label("止", en: "Until")
    static let reducedBy = Label("减免额", en: "Amount")
    static let discount = Label("优惠%", en: "Discount %")
    static let lateFee = Label("违约金", en: "Late fee")

    static let payment = Label("收款", en: "Payment")
    static let paid = Label("已收", en: "Paid")
    static let received = Label("收到", en: "Received")
    static let receivedBy = Label("收款人", en: "Received by")
    static let refunded = Label("已退", en: "Refunded")
    static let paymentMethod = Label("付款方式", en: "Method")
    /// Stands for the method of money that was received without one.
    public static let unstatedMethod = Label("未注明", en: "not stated")
    static let tendered = Label("收到现金", en: "Handed over")
    static let change = Label("找零", en: "Change")
    static let slip = Label("单号", en: "Slip number")
    /// Who handed the money over.
    static let paidBy = Label("付款人", en: "Payer")
    static let receiptNumber = Label("收据号", en: "Receipt")
    static let prepaid = Label("预收", en: "Prepaid")
    static let formerOwner = Label("原业主", en: "Former owner")
}
