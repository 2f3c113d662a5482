import { judge, ok, willFail, type Check } from '../verdict';

/** Key policies and services name them before anything has made them in a new account. */
export const serviceRolesCheck: Check = {
  name: 'service-linked roles',
  assess: (_, { account: { serviceRoles } }) =>
    serviceRoles.map(({ service, present }) => {
      const needed = `the service-linked role of ${service}`;
      return judge(present, needed, (there) =>
        there
          ? ok(`${service} has one`, needed)
          : willFail(
              `none for ${service}`,
              needed,
              `\`aws iam create-service-linked-role --aws-service-name ${service}\``,
            ),
      );
    }),
};
